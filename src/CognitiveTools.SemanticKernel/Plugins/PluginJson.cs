using System.Text.Json.Serialization;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>The one type that crosses the kernel as JSON; source-generated, so that trimming keeps it.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PluginJson : JsonSerializerContext;
