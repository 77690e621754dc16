using CognitiveTools.LLamaSharp.Chat;
using LLama;
using LLama.Common;
using LLama.Native;

[assembly: AssemblyFixture(typeof(CognitiveTools.LLamaSharp.Tests.MiniWeights))]

namespace CognitiveTools.LLamaSharp.Tests;

/// <summary>The model mini, loaded by LLamaSharp once for all tests.</summary>
public sealed class MiniWeights : IDisposable
{
    public MiniWeights()
    {
        NativeLogConfig.llama_log_set(static (_, _) => { });
        Weights = LLamaWeights.LoadFromFile(Parameters());
    }

    public LLamaWeights Weights { get; }

    public static ModelParams Parameters(uint context = 256) =>
        new(HostProcess.Mini)
        {
            ContextSize = context,
            BatchSize = 256,
            UBatchSize = 256,
            Threads = 1,
            BatchThreads = 1,
            GpuLayerCount = 0,
        };

    public LLamaSharpChatClient Client(uint context = 256) => new(
        new StatelessExecutor(Weights, Parameters(context)), Weights, Parameters(context));

    public void Dispose() => Weights.Dispose();
}
