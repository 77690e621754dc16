namespace CognitiveTools.Llama.Devices;

/// <summary>A device that can compute.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Description">Product name.</param>
/// <param name="Kind"><c>cpu</c>, <c>gpu</c>, <c>integrated gpu</c> or <c>accelerator</c>.</param>
/// <param name="FreeBytes">Free memory in bytes.</param>
/// <param name="TotalBytes">Memory in bytes.</param>
internal sealed record DeviceFacts(string Name, string Description, string Kind, long FreeBytes, long TotalBytes);
