using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;

namespace CognitiveTools.Llama.Tests.Binding;

public sealed class NativeRuntimeTests
{
    [Fact]
    public void A_missing_folder_and_a_missing_library_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "does not exist", Assert.Throws<DllNotFoundException>(() => NativeLibraries.Find(folder.File("none"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "ggml-base", Assert.Throws<DllNotFoundException>(() => NativeLibraries.Find(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_versions_side_by_side_are_refused()
    {
        using var folder = new TemporaryFolder();
        var (prefix, suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : ("lib", OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        foreach (var name in (string[])["ggml-base", "ggml", "llama.v0.4.0", "llama.v0.5.0"])
            File.WriteAllText(folder.File(prefix + name + suffix), "");
        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Find(folder.Path));
        Assert.Contains("v0.4.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5.0-dev", "v0.5.0")]
    [InlineData("v0.5.0", "v0.5.0")]
    [InlineData("815a2a591", "b10221")]
    [InlineData("0.4.0", null)]
    [InlineData("0.5.1", null)]
    [InlineData("0ad4a86", null)]
    [InlineData("", null)]
    public void A_build_is_accepted_by_its_version_or_commit(string version, string? name) =>
        Assert.Equal(name, NativeBuild.Find(version)?.Name);

    [Fact]
    public void A_copy_that_the_process_holds_already_is_used_unless_another_folder_was_asked_for()
    {
        string[] other =
            ["/app/runtimes/linux-x64/native/avx2/libggml-base.so", "/app/runtimes/linux-x64/native/avx2/libllama.so", "/lib/libc.so.6"];
        Assert.Equal("/app/runtimes/linux-x64/native/avx2", MappedLibraries.Choose("/mine", isDemanded: false, other));
        Assert.Contains(
            "AddLlamaWorker",
            Assert.Throws<InvalidOperationException>(() => MappedLibraries.Choose("/mine", isDemanded: true, other)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(
            () => MappedLibraries.Choose("/mine", isDemanded: false, [.. other, "/else/libllama.v0.5.0.so"]));
        Assert.Equal(
            "/mine",
            MappedLibraries.Choose("/mine", isDemanded: true, ["/mine/libggml-base.so", "/mine/libllama.so", "/lib/libllamafile.so"]));
    }

    [Fact]
    public void A_model_that_needs_a_newer_build_says_so()
    {
        var old = NativeBuild.Find("815a2a591")!;
        var error = Assert.Throws<NotSupportedException>(() => old.RequireArchitecture("hrm_text", "hrm.gguf"));
        Assert.Contains("hrm.gguf", error.Message, StringComparison.Ordinal);
        Assert.Contains("natives use npm", error.Message, StringComparison.Ordinal);
        old.RequireArchitecture("llama", "mini.gguf");
        NativeBuild.Find("0.5.0")!.RequireArchitecture("hrm_text", "hrm.gguf");
    }

    [Fact]
    public void A_second_copy_in_one_process_is_refused()
    {
        Assert.NotNull(TestModels.Tiny);
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidOperationException>(
            () => NativeRuntime.Load(new(folder.Path, NativeVariant.Cpu, "configured", IsDemanded: true)));
    }

    [Fact]
    public void Files_that_are_no_models_are_refused_before_llama_cpp_sees_them()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.gguf"), "GGUF but not really");
        Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = folder.File("text.gguf") }));
        Assert.Throws<FileNotFoundException>(() => LlamaModel.Load(new() { Path = folder.File("none.gguf") }));
    }

    [Fact]
    public void The_doctor_names_libraries_version_devices_and_the_model()
    {
        var model = LlamaDoctor.InspectModel(TestModels.Tiny);
        Assert.Equal(("llama", 512, 32, null), (model.Architecture, model.VocabularySize, model.EmbeddingLength, model.ChatProblem));
        var natives = LlamaDoctor.InspectNatives();
        Assert.Contains(natives.Libraries, static l => Path.GetFileName(l).Contains("llama", StringComparison.Ordinal));
        Assert.Contains(natives.Devices, static d => d.Kind == "cpu");
        Assert.Equal(NativeRuntime.Build.Name, natives.Version);
    }
}
