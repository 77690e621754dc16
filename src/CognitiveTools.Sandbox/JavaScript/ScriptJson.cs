using System.Text.Json.Serialization;
using CognitiveTools.Code;

namespace CognitiveTools.Sandbox.JavaScript;

/// <summary>A program on its way to <see cref="ScriptHost"/>.</summary>
internal sealed record ScriptRequest(string Code, CodeLimits Limits);

/// <summary>How programs and results are written.</summary>
[JsonSerializable(typeof(ScriptRequest))]
[JsonSerializable(typeof(CodeResult))]
internal sealed partial class ScriptJson : JsonSerializerContext;
