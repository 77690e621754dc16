using System.Text.Json.Serialization;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>A request to <see cref="ScriptHost"/>.</summary>
internal sealed record ScriptRequest(string Code, CodeLimits Limits);

/// <summary>The JSON of requests and results.</summary>
[JsonSerializable(typeof(ScriptRequest))]
[JsonSerializable(typeof(CodeResult))]
internal sealed partial class ScriptJson : JsonSerializerContext;
