namespace CognitiveTools.Models.Downloads;

/// <summary>A failure that a retry may solve: the connection broke, or the server was busy.</summary>
internal sealed class TransientDownloadFailure(string message, Exception? inner = null) : DownloadFailure(message, inner);
