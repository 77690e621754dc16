using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Models.Tests.Discovery;

public sealed class LocalModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("m.gguf", "m.gguf mmproj-m-f16.gguf README.md")]
    [InlineData("M.GGUF", "M.GGUF MMPROJ.gguf")]
    [InlineData("m-Q4_K_M.gguf", "m-Q4_K_M.gguf m.imatrix.gguf")]
    [InlineData("m-00001-of-00003.gguf", "m-00001-of-00003.gguf m-00002-of-00003.gguf m-00003-of-00003.gguf mmproj-model.gguf")]
    public void A_folder_is_its_one_model(string model, string files)
    {
        Write(files);

        Assert.Equal(_folder.File(model), Store().Require(_folder.Path).Path);
        Assert.Equal(_folder.File(model), Store().Require(_folder.Path + Path.DirectorySeparatorChar).Path);
    }

    [Theory]
    [InlineData("a.gguf b.gguf mmproj.gguf", "2 models", "b.gguf (0.0 MB)")]
    [InlineData("mmproj.gguf", "without a GGUF model", "mmproj.gguf is a projector")]
    [InlineData("config.json model.safetensors", "without a GGUF model", "convert_hf_to_gguf.py")]
    [InlineData("", "without a GGUF model", "Give a GGUF file")]
    [InlineData("maker/tiny/a.gguf maker/tiny/mmproj.gguf", "without a GGUF model", "tiny/a.gguf")]
    [InlineData("m-00001-of-00002.gguf", "split model of 2 files", "m-00002-of-00002.gguf")]
    public void A_folder_without_exactly_one_model_says_what_it_has(string files, string what, string detail)
    {
        Write(files);

        var error = Assert.Throws<FileNotFoundException>(() => Store().Require(_folder.Path)).Message;

        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(detail, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_Hugging_Faces_cache_is_its_model_though_it_holds_links()
    {
        Write("blobs/0123 blobs/4567");
        Directory.CreateDirectory(_folder.File("snapshots/abc"));
        foreach (var (part, blob) in new[] { (1, "0123"), (2, "4567") })
            File.CreateSymbolicLink(_folder.File($"snapshots/abc/m-0000{part}-of-00002.gguf"), $"../../blobs/{blob}");

        Assert.Equal(_folder.File("snapshots/abc/m-00001-of-00002.gguf"), Store().Require(_folder.File("snapshots/abc")).Path);
        Assert.Contains("snapshots/abc/m-00001-of-00002.gguf",
            Assert.Throws<FileNotFoundException>(() => Store().Require(_folder.Path)).Message, StringComparison.Ordinal);

        File.Delete(_folder.File("blobs/4567")); // the link leads nowhere
        Assert.Contains("m-00002-of-00002.gguf",
            Assert.Throws<FileNotFoundException>(() => Store().Require(_folder.File("snapshots/abc"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("~/absent-folder/m.gguf")]
    [InlineData("~/absent-folder")]
    public void A_path_of_the_users_folder_is_expanded_though_no_shell_has_done_so(string reference) => Assert.StartsWith(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Store().Resolve(reference).Path, StringComparison.Ordinal);

    [Theory]
    [InlineData("maker/tiny-GGUF", "hf:maker/tiny-GGUF.")]
    [InlineData("maker/tiny:Q4_K_M", "hf:maker/tiny:Q4_K_M.")]
    [InlineData("hf.co/maker/tiny:Q4_K_M", "hf:maker/tiny:Q4_K_M.")]
    [InlineData("huggingface.co/maker/tiny", "hf:maker/tiny.")]
    public void A_name_as_other_programs_take_it_is_answered_with_ours(string reference, string expected) =>
        Assert.Contains(expected, Store().Resolve(reference).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("models/mine.gguf")]
    [InlineData("folder/tiny")]
    public void A_path_is_not_taken_for_a_name_of_Hugging_Face(string reference) =>
        Assert.DoesNotContain("is hf:", Store().Resolve(reference).Remedy, StringComparison.Ordinal);

    [Fact]
    public void A_split_model_goes_by_any_of_its_parts()
    {
        Write("m-00001-of-00003.gguf m-00002-of-00003.gguf m-00003-of-00003.gguf");

        for (var part = 1; part <= 3; part++)
            Assert.Equal(_folder.File("m-00001-of-00003.gguf"), Store().Require(_folder.File($"m-0000{part}-of-00003.gguf")).Path);
    }

    [Theory]
    [InlineData("m-00001-of-00003.gguf m-00003-of-00003.gguf", 1)]
    [InlineData("m-00001-of-00003.gguf m-00003-of-00003.gguf", 2)]
    [InlineData("m-00001-of-00003.gguf m-00003-of-00003.gguf", 3)]
    public void A_missing_part_is_named_whichever_is_asked_for(string files, int named)
    {
        Write(files);

        var error = Assert.Throws<FileNotFoundException>(() => Store().Require(_folder.File($"m-0000{named}-of-00003.gguf"))).Message;

        Assert.Contains("not in its folder: m-00002-of-00003.gguf", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My Model (v2) #1 50%.gguf")]
    [InlineData("a+set=b:c.gguf")]
    [InlineData("a+lora=b@c.gguf")]
    [InlineData("модель-é.gguf")]
    [InlineData("x-00001-of-00001.gguf")]
    [InlineData("x-00003-of-00002.gguf")]
    [InlineData("'quoted' & $HOME.gguf")]
    public void A_file_may_have_any_name(string name)
    {
        File.WriteAllText(_folder.File(name), "");

        var model = Store().Require(_folder.File(name));

        Assert.Equal((_folder.File(name), true), (model.Path, model.Change.IsNone));
    }

    public void Dispose() => _folder.Dispose();

    private static ModelStore Store() => new(new([]), "unused");

    private void Write(string files)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            File.WriteAllText(_folder.File(file), "");
        }
    }
}
