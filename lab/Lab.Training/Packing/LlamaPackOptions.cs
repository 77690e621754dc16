using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>What to pack into one GGUF file.</summary>
internal sealed record LlamaPackOptions
{
    /// <summary>The chatml template as model files carry it; llama.cpp recognises it by <c>&lt;|im_start|&gt;</c>.</summary>
    public const string ChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor "
            + "%}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// <summary>Path of the safetensors file, with Hugging Face's llama names or llama.cpp's.</summary>
    public required string Weights { get; init; }

    /// <summary>Path of the shape; see <see cref="LlamaPackConfig"/>.</summary>
    public required string Config { get; init; }

    /// <summary>Path of the vocabulary; see <see cref="TrieVocabulary"/>.</summary>
    public required string Vocabulary { get; init; }

    /// <summary>Path of the GGUF file to write.</summary>
    public required string Output { get; init; }

    /// <summary>Format of the matrices: F32, F16, BF16 or Q8_0. Vectors stay F32.</summary>
    /// <value><see cref="GgufTensorType.Q8_0"/>.</value>
    public GgufTensorType Type { get; init; } = GgufTensorType.Q8_0;

    /// <summary>Model name in the file.</summary>
    /// <value><see langword="null"/>: the output's file name.</value>
    public string? Name { get; init; }

    /// <summary>Chat template text, or null for a model without one.</summary>
    /// <value><see cref="ChatMl"/>.</value>
    public string? ChatTemplate { get; init; } = ChatMl;
}
