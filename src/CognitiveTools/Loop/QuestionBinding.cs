namespace CognitiveTools.Loop;

/// <summary>Who supplies the question to a tool.</summary>
internal enum QuestionBinding
{
    /// <summary>The host: the original text, byte for byte. Models paraphrase it and lose conditions.</summary>
    Host,

    /// <summary>The model, as in the paper.</summary>
    Model,
}
