using System.Text.Json.Serialization;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Values of calls as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class CallJson : JsonSerializerContext;
