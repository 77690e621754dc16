using CognitiveTools.Hosting;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Hosting;

/// <summary>A recurrent-depth model on ONNX Runtime as the one of a command.</summary>
internal static class RecurrentModel
{
    /// <summary>Whether a file is such a model's manifest; a GGUF file is one file, these are several.</summary>
    public static bool Is(ResolvedModel model) => Path.GetExtension(model.Path) == ".json";

    /// <exception cref="NotSupportedException">ONNX Runtime has no such backend here.</exception>
    public static void AddTo(IServiceCollection services, ResolvedModel model, int? threads, NativeVariant backend)
    {
        var provider = backend switch
        {
            NativeVariant.Auto => OnnxProvider.Auto,
            NativeVariant.Cpu => OnnxProvider.Cpu,
            NativeVariant.Cuda => OnnxProvider.Cuda,
            _ => throw new NotSupportedException($"{model.Reference} runs on ONNX Runtime, which has no backend {backend} here. Use Auto, Cpu or Cuda."),
        };
        services.AddRecurrentModel(onnx => (onnx.Path, onnx.Threads, onnx.Provider) = (model.Path, threads ?? onnx.Threads, provider));
        services.AddKeyedSingleton<IChatClient>(ServiceKeys.Verbal, (_, _) => throw new NotSupportedException(
            $"{model.Reference} is a recurrent-depth model, which holds no conversations. Use the reasoner 'recurrent', or another model (--model)."));
    }
}
