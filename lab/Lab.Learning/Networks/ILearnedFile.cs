namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Something learned beside a network's weights, that leaves as a GGUF file of its own.</summary>
internal interface ILearnedFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="model">Name of the run, for the metadata.</param>
    void Write(string path, string model);
}
