using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Models;

/// <summary>A model file's chat template, read without loading the model.</summary>
/// <param name="Source">Jinja text.</param>
/// <param name="BeginText">Text of the token that begins a text; empty without one.</param>
/// <param name="EndText">Text of the token that ends a text; empty without one.</param>
internal sealed record FileTemplate(string Source, string BeginText, string EndText)
{
    /// <summary>The key of the template; other ones begin with it.</summary>
    public const string Key = "tokenizer.chat_template";

    /// <param name="path">A GGUF file.</param>
    /// <param name="hasTools">Whether the template for conversations with tools is preferred, where the file has one.</param>
    /// <returns><see langword="null"/> when the file has no template.</returns>
    /// <exception cref="GgufException">It is not a GGUF file.</exception>
    public static FileTemplate? Read(string path, bool hasTools)
    {
        using var file = GgufFile.Open(path);
        var metadata = file.Metadata;
        var source = hasTools ? metadata.GetOptional<string?>(Key + ".tool_use", null) : null;
        source ??= metadata.GetOptional<string?>(Key, null);
        return source is null ? null : new(source, Token("bos"), Token("eos"));

        string Token(string name)
        {
            var id = metadata.GetOptional($"tokenizer.ggml.{name}_token_id", -1);
            return id >= 0 && metadata.GetOptional<string[]>("tokenizer.ggml.tokens", []) is var tokens && id < tokens.Length
                ? tokens[id]
                : "";
        }
    }
}
