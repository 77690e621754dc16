namespace CognitiveTools.Cli.Hosting;

/// <summary>A remote model that the command line names.</summary>
/// <param name="Address">The server's address.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="KeyVariable">The environment variable that holds the key; <see langword="null"/> to send no key.</param>
internal sealed record EndpointChoice(string Address, string Model, string? KeyVariable);
