using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>
/// A native object with an explicit lifetime. Without a dispose it leaks until the process ends: its finalizer is switched
/// off, because it could free memory that the decode thread is using.
/// </summary>
internal abstract class NativeHandle : SafeHandle
{
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Usage", "CA1816", Justification = "Switching the finalizer off is the purpose; see the summary.")]
    protected NativeHandle(nint value)
        : base(0, ownsHandle: true)
    {
        SetHandle(value);
        GC.SuppressFinalize(this);
        NativeObjects.Opened();
    }

    public override bool IsInvalid => handle == 0;

    protected sealed override bool ReleaseHandle()
    {
        Free();
        NativeObjects.Closed();
        return true;
    }

    /// <summary>Frees the object.</summary>
    protected abstract void Free();

    /// <summary>The pointer.</summary>
    /// <exception cref="ObjectDisposedException">The handle was disposed.</exception>
    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }
}

/// <summary>A loaded model.</summary>
internal sealed class ModelHandle(nint value) : NativeHandle(value)
{
    protected override void Free() => NativeMethods.llama_model_free(handle);
}

/// <summary>A context; keeps its model alive, so the two can be disposed in any order.</summary>
internal sealed class ContextHandle : NativeHandle
{
    private readonly ModelHandle _model;

    internal ContextHandle(nint value, ModelHandle model)
        : base(value)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = model;
    }

    protected override void Free()
    {
        NativeMethods.llama_free(handle);
        _model.DangerousRelease();
    }
}
