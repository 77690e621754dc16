using CognitiveTools.Llama.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Hosting;

/// <summary>A recurrent-depth model on ONNX Runtime as the one of a command.</summary>
internal static class RecurrentModel
{
    /// <summary>Whether a file is such a model's manifest; a GGUF file is one file, these are several.</summary>
    public static bool Is(ResolvedModel model) => Path.GetExtension(model.Path) == ".json";

    public static void AddTo(IServiceCollection services, ResolvedModel model, int? threads)
    {
        services.AddRecurrentModel(onnx => (onnx.Path, onnx.Threads) = (model.Path, threads ?? onnx.Threads));
        services.AddKeyedSingleton<IChatClient>("verbal", (_, _) => throw new NotSupportedException(
            $"{model.Reference} is a recurrent-depth model, which holds no conversations. Use the reasoner 'recurrent', or another model (--model)."));
    }
}
