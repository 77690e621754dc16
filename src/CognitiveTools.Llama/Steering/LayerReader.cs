using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Steering;

/// <summary>
/// Reads the residual stream after every layer, by llama.cpp's evaluation callback: the graphs name these tensors
/// <c>l_out-N</c>. Owns a separate context, so engines are not slowed down. Used by one caller at a time.
/// </summary>
internal sealed unsafe class LayerReader : IDisposable
{
    private const string Prefix = "l_out-";
    private const int Lane = 0;

    private readonly NativeContext _context;
    private readonly BatchBuffer _batch;
    private readonly int _width;
    private readonly SortedDictionary<int, float[]> _states = [];
    private GCHandle _self;
    private Exception? _failure;

    internal LayerReader(LlamaModel model, int? threads = null)
    {
        _width = model.LayerWidth;
        _self = GCHandle.Alloc(this);
        try
        {
            var options =
                new LlamaEngineOptions { MaxSequences = 1, Threads = threads, ContextLength = Math.Min(model.TrainedContextLength, 4096) };
            options.CacheLength = options.ContextLength;
            _context = new NativeContext(
                model, options, ((nint)(delegate* unmanaged[Cdecl]<nint, byte, nint, byte>)&OnTensor, GCHandle.ToIntPtr(_self)));
            _batch = new BatchBuffer(_context.BatchSize, _context.InputLength);
        }
        catch
        {
            _context?.Dispose();
            _self.Free();
            throw;
        }
    }

    /// <summary>The states after every layer at the last of these tokens, by layer.</summary>
    /// <exception cref="ContextFullException">There are more tokens than the model's context holds.</exception>
    /// <exception cref="NotSupportedException">The model's graph does not name its layers' outputs.</exception>
    internal IReadOnlyDictionary<int, float[]> Read(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
            throw new ArgumentException("The list of tokens is empty. Give at least one token.", nameof(tokens));
        if (tokens.Length > _context.ContextLength)
            throw new ContextFullException(tokens.Length, _context.ContextLength);
        _context.Clear();
        _states.Clear();
        for (var done = 0; done < tokens.Length; done += _batch.RowCount)
        {
            _batch.Clear(isEmbedding: false);
            for (var i = done; i < Math.Min(tokens.Length, done + _batch.Capacity); i++)
                _batch.Add(tokens[i], i, new SequenceId(Lane), output: i == tokens.Length - 1);
            if (_context.Decode(_batch, hidden: false) is not 0 and var code)
                throw new InvalidOperationException($"llama.cpp could not decode the text (code {code}).{NativeLog.Errors}");
            NativeMethods.llama_synchronize(_context.Pointer);
        }

        if (_failure is not null)
            throw new InvalidOperationException($"Reading the layers failed: {_failure.Message}", _failure);
        return _states.Count > 0
            ? new SortedDictionary<int, float[]>(_states)
            : throw new NotSupportedException(
                "llama.cpp's graph of this model does not name the outputs of its layers, so no control vector can be computed. "
                + "Use another model.");
    }

    public void Dispose()
    {
        _batch.Dispose();
        _context.Dispose();
        if (_self.IsAllocated)
            _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnTensor(nint tensor, byte ask, nint userData)
    {
        var reader = (LayerReader)GCHandle.FromIntPtr(userData).Target!;
        try
        {
            var name = NativeRuntime.Text(NativeMethods.ggml_get_name(tensor));
            if (!name.StartsWith(Prefix, StringComparison.Ordinal)
                || !int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
                return ask == 0 ? (byte)1 : (byte)0;
            if (ask == 0)
                reader.Take(tensor, layer);
        }
#pragma warning disable CA1031 // an exception may not unwind through the native caller; Read throws it
        catch (Exception e)
        {
            reader._failure = e;
        }
#pragma warning restore CA1031
        return 1;
    }

    // The last row belongs to the last token: the tensor holds all rows, or after the last layer the outputs only.
    private void Take(nint tensor, int layer)
    {
        var row = (nuint)(_width * sizeof(float));
        var size = NativeMethods.ggml_nbytes(tensor);
        if (size < row)
            return;
        var state = new float[_width];
        fixed (float* data = state)
            NativeMethods.ggml_backend_tensor_get(tensor, data, size - row, row);
        _states[layer] = state;
    }
}
