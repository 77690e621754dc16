using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>Keeps a handle alive for a scope.</summary>
internal readonly struct HandleLease : IDisposable
{
    private readonly SafeHandle _handle;

    /// <exception cref="ObjectDisposedException">The handle was disposed.</exception>
    internal HandleLease(SafeHandle handle)
    {
        var added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    public void Dispose() => _handle.DangerousRelease();
}
