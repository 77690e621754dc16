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
        Assert.Contains("does not exist", Assert.Throws<DllNotFoundException>(() => NativeLibraries.Find(folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("ggml-base", Assert.Throws<DllNotFoundException>(() => NativeLibraries.Find(folder.Path)).Message, StringComparison.Ordinal);
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

    [Fact]
    public void Another_version_is_refused_with_the_remedy()
    {
        NativeRuntime.RequireVersion("0.5.0-dev", "libllama.so");
        var error = Assert.Throws<NotSupportedException>(() => NativeRuntime.RequireVersion("0.4.0", "libllama.so"));
        Assert.Contains("0.4.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("natives", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_copy_in_one_process_is_refused()
    {
        Assert.NotNull(TestModels.Tiny);
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidOperationException>(() => NativeRuntime.Load(new(folder.Path, NativeVariant.Cpu, "configured")));
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
        Assert.StartsWith("0.5.0", natives.Version, StringComparison.Ordinal);
    }
}
