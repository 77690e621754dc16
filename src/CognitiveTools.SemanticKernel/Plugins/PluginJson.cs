using System.Text.Json.Serialization;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>The types that cross the kernel as JSON; source-generated, so that trimming keeps it.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class PluginJson : JsonSerializerContext;
