namespace CognitiveTools.Models.Downloads;

/// <summary>
/// Ends a download with a message for the user; <see cref="ModelDownloader"/> turns it into a value, so it never leaves
/// this assembly.
/// </summary>
internal class DownloadFailure(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A failure that another attempt may mend: the connection was cut, or the server was busy.</summary>
internal sealed class ConnectionCut(string message, Exception? inner = null) : DownloadFailure(message, inner);
