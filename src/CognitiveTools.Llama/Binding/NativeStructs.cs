using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

// Mirrors of the structures of llama.h and ggml.h that are the same in every accepted build, field for field. The two
// that differ, the parameters of a model and of a context, are in the files of their builds.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Batch
{
    public int RowCount;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** SequenceIds;
    public sbyte* Outputs;
}

[StructLayout(LayoutKind.Sequential)]
internal struct TokenData
{
    public int Id;
    public float Logit;
    public float Probability;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TokenDataArray
{
    public TokenData* Data;
    public nuint Size;
    public long Selected;
    public byte Sorted;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SamplerChainParams
{
    public byte NoPerf;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeChatMessage
{
    public byte* Role;
    public byte* Content;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TypeTraits
{
    public byte* TypeName;
    public long BlockSize;
    public long BlockSizeInterleave;
    public nuint TypeSize;
    public byte IsQuantized;
    public delegate* unmanaged[Cdecl]<void*, float*, long, void> ToFloat;
    public nint FromFloatReference;
}
