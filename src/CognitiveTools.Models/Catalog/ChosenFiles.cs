namespace CognitiveTools.Models.Catalog;

/// <summary>
/// Remembers which file a Hugging Face repository's reference without a file stands for, so that later uses need no network.
/// One small file per reference, below the store.
/// </summary>
internal sealed class ChosenFiles(ModelStore store)
{
    private const string Usual = "default"; // no quantization has this name

    /// <summary>The file chosen earlier; <see langword="null"/> when none was, or the record is damaged.</summary>
    public HuggingFaceSource? Find(HuggingFaceChoice choice)
    {
        var record = RecordOf(choice);
        return File.Exists(record)
            ? HuggingFaceReference.TryParse($"{choice.Repository}@{choice.Revision}/{File.ReadAllText(record).TrimEnd('\n')}")
                as HuggingFaceSource
            : null;
    }

    /// <summary>Remembers a choice.</summary>
    public void Write(HuggingFaceChoice choice, HuggingFaceSource file)
    {
        var record = RecordOf(choice);
        Directory.CreateDirectory(Path.GetDirectoryName(record)!);
        File.WriteAllText(record, file.File + "\n");
    }

    private string RecordOf(HuggingFaceChoice choice) => Path.Combine(
        store.Folder, "hf-choices", Path.Combine(choice.Repository.Split('/')), choice.Revision,
        choice.Quantization?.ToUpperInvariant() ?? Usual);
}
