namespace CognitiveTools.Models.Downloads;

/// <summary>
/// Ends a download with a message for the user. <see cref="ModelDownloader"/> turns it into a value, so it never leaves this assembly
/// and its friends.
/// </summary>
internal class DownloadFailure(string message, Exception? inner = null) : Exception(message, inner);
