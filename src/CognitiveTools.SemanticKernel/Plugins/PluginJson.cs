using System.Text.Json.Serialization;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>The types that the kernel serialises as JSON; source-generated, so that trimming keeps them.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class PluginJson : JsonSerializerContext;
