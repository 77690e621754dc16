using CognitiveTools.Hosting;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Registers a recurrent-depth model or a GRAM on ONNX Runtime as a command's model.</summary>
internal static class RecurrentModel
{
    /// <summary>Whether a file is the manifest of such a model, which consists of several files.</summary>
    public static bool Is(ResolvedModel model) => Path.GetExtension(model.Path) == ".json";

    /// <exception cref="ArgumentException">The reference changes the model.</exception>
    /// <exception cref="NotSupportedException">ONNX Runtime has no such backend here.</exception>
    public static void AddTo(IServiceCollection services, ResolvedModel model, int? threads, NativeVariant backend)
    {
        if (!model.Change.IsNone)
            throw new ArgumentException(
                $"--model '{model.Reference}': {string.Join(", ", model.Change.Parts())} changes GGUF models only, and this one runs on "
                + "ONNX Runtime. Leave it out.");
        var provider = backend switch
        {
            NativeVariant.Auto => OnnxProvider.Auto,
            NativeVariant.Cpu => OnnxProvider.Cpu,
            NativeVariant.Cuda => OnnxProvider.Cuda,
            _ => throw new NotSupportedException(
                $"{model.Reference} runs on ONNX Runtime, which has no backend {backend} here. Use Auto, Cpu or Cuda."),
        };
        var isRecursive = GramFolder.Is(model.Path);
        if (isRecursive)
            services.AddRecursiveModel(Configure);
        else
            services.AddRecurrentModel(Configure);
        services.AddKeyedSingleton<IChatClient>(ServiceKeys.Verbal, (_, _) => throw new NotSupportedException(
            $"{model.Reference} is a {(isRecursive ? "recursive" : "recurrent-depth")} model, which cannot hold a conversation. "
            + $"Use the reasoner '{(isRecursive ? "recursive" : "recurrent")}', or another model (--model)."));

        void Configure(OnnxModelOptions onnx) => (onnx.Path, onnx.Threads, onnx.Provider) = (model.Path, threads ?? onnx.Threads, provider);
    }
}
