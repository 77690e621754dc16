using System.CommandLine;

namespace CognitiveTools.Lab.Learning;

/// <summary>How commands are told of a model that a run has trained.</summary>
internal static class TrainedModel
{
    public static Argument<FileInfo> Run() => new("RUN") { Description = "The run that trained the model" };

    public static Option<FileInfo> Weights() => new("--weights")
    {
        Description = "Its weights, a safetensors file",
        Required = true,
        HelpName = "FILE",
    };
}
