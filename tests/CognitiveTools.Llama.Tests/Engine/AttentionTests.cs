using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Llama.Tests.Engine;

/// <summary>Which attention a context uses: read from the names of the operations that llama.cpp computes.</summary>
public sealed class AttentionTests
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate byte Evaluation(nint tensor, byte ask, nint userData);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Attention_is_computed_by_matrix_products_when_asked_for(bool plain)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Evaluation note = (tensor, ask, _) =>
        {
            names.Add(NameOf(tensor));
            return (byte)(ask == 0 ? 1 : 0);
        };
        var options = new LlamaEngineOptions { Threads = 1, PlainAttention = plain };
        using var context = new NativeContext(TestModels.Tiny, options, (Marshal.GetFunctionPointerForDelegate(note), 0));
        using var batch = new BatchBuffer(context.BatchSize, context.InputLength);
        batch.Clear(isEmbedding: false);
        batch.Add(300, 0, new SequenceId(0), output: true);

        Assert.Equal(0, context.Decode(batch, hidden: false));
        NativeMethods.llama_synchronize(context.Pointer);
        GC.KeepAlive(note);

        Assert.NotEmpty(names);
        Assert.Equal(plain, names.Any(static name => name.StartsWith("kq_soft_max", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, "plain")]
    [InlineData(false, "auto")]
    public void The_facts_of_an_engine_name_its_attention(bool plain, string named)
    {
        using var engine = TestModels.Engine(options => options.PlainAttention = plain);
        Assert.Equal(named, LlamaDoctor.InspectEngine(engine).Attention);
    }

    private static unsafe string NameOf(nint tensor) => NativeRuntime.Text(NativeMethods.ggml_get_name(tensor));
}
