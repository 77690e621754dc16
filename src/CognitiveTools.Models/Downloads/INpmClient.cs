using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Downloads;

/// <summary>Fetches npm packages.</summary>
internal interface INpmClient
{
    /// <summary>Writes a package's archive (<c>.tgz</c>) into an empty folder.</summary>
    /// <returns>The archive's path.</returns>
    /// <exception cref="DownloadFailure">npm is missing, or failed; the message says why and the remedy.</exception>
    Task<string> PackAsync(NpmPart part, string folder, CancellationToken cancellationToken);
}
