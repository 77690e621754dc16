using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Reads hidden states by llama.cpp's evaluation callback, from the tensor <c>result_norm</c>: for the architectures whose graph computes
/// no logits while the library's own output of hidden states is on, or gives it another width than the states have. One row at a time.
/// Used by the decode thread only.
/// </summary>
internal sealed unsafe class HiddenReader : IDisposable
{
    private static ReadOnlySpan<byte> Tensor => "result_norm"u8;

    private readonly float[] _state;
    private GCHandle _self;

    /// <param name="width">Floats of a hidden state.</param>
    internal HiddenReader(int width)
    {
        _state = new float[width];
        _self = GCHandle.Alloc(this);
    }

    /// <summary>The callback and its data, for the context.</summary>
    internal (nint Callback, nint Data) Evaluation =>
        ((nint)(delegate* unmanaged[Cdecl]<nint, byte, nint, byte>)&OnTensor, GCHandle.ToIntPtr(_self));

    /// <summary>Whether the next decode is to be read.</summary>
    internal bool IsOn { get; private set; }

    private bool HasRead { get; set; }

    /// <summary>The state of the last decode's row; empty when its graph had no such tensor.</summary>
    internal ReadOnlySpan<float> State => HasRead ? _state : [];

    internal void Prepare(bool isOn) => (IsOn, HasRead) = (isOn, false);

    public void Dispose()
    {
        if (_self.IsAllocated)
            _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnTensor(nint tensor, byte ask, nint userData)
    {
        var reader = (HiddenReader)GCHandle.FromIntPtr(userData).Target!;
        if (!reader.IsOn)
            return ask == 0 ? (byte)1 : (byte)0;
        var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NativeMethods.ggml_get_name(tensor));
        var isHidden = name.SequenceEqual(Tensor);
        if (ask != 0)
            return isHidden ? (byte)1 : (byte)0;
        var size = (nuint)(reader._state.Length * sizeof(float));
        if (isHidden && NativeMethods.ggml_nbytes(tensor) == size)
        {
            fixed (float* state = reader._state)
                NativeMethods.ggml_backend_tensor_get(tensor, state, 0, size);
            reader.HasRead = true;
        }

        return 1;
    }
}
