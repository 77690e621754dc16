using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Templates.Builtins;

/// <summary>A filter, a test or a method: it gets a value and arguments.</summary>
internal delegate object? Builtin(RenderContext context, object? value, Arguments arguments);
