using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>A corpus file that <c>coglab data corpora</c> wrote (<see cref="Corpus"/> says the layout), in memory.</summary>
internal sealed class TokenFile
{
    private const int HeaderBytes = 16;
    private readonly byte[] _raw;
    private readonly int[] _offsets;
    private readonly int _kinds, _ids, _mask;

    private TokenFile(byte[] raw, string path)
    {
        _raw = raw;
        Name = Path.GetFileName(path);
        if (raw.Length < HeaderBytes || !raw.AsSpan(0, 8).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(Corpus.Magic)))
            throw Wrong("is not a corpus file of this version");
        Count = BitConverter.ToInt32(raw, 8);
        long tokens = BitConverter.ToInt32(raw, 12);
        if (Count < 0 || tokens < 0 || raw.Length != HeaderBytes + 4L * (Count + 1) + 4L * Count + 3 * tokens)
            throw Wrong("is damaged or incomplete");
        _offsets = MemoryMarshal.Cast<byte, int>(raw.AsSpan(HeaderBytes, 4 * (Count + 1))).ToArray();
        _kinds = HeaderBytes + 4 * (Count + 1);
        _ids = _kinds + 4 * Count;
        _mask = _ids + 2 * (int)tokens;

        InvalidDataException Wrong(string problem) =>
            new($"{path} {problem}. Write it again: ./coglab data corpora --plan PLAN --out FOLDER");
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, in hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_raw));

    /// <summary>Conversations.</summary>
    public int Count { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a corpus.</exception>
    public static TokenFile Read(string path) => File.Exists(path)
        ? new TokenFile(File.ReadAllBytes(path), path)
        : throw new FileNotFoundException(
            $"There is no corpus '{path}'. Write the corpora with ./coglab data corpora --plan PLAN --out FOLDER and name the folder "
                + "with --corpora.",
            path);

    /// <summary>Tokens of a conversation.</summary>
    public int Length(int row) => _offsets[row + 1] - _offsets[row];

    /// <summary>A conversation's tokens.</summary>
    public ReadOnlySpan<ushort> Ids(int row) => MemoryMarshal.Cast<byte, ushort>(_raw.AsSpan(_ids + 2 * _offsets[row], 2 * Length(row)));

    /// <summary>A conversation's tokens as whole numbers.</summary>
    public int[] Whole(int row) => Whole(Ids(row));

    /// <summary>1 where the token is to be predicted.</summary>
    public ReadOnlySpan<byte> Learned(int row) => _raw.AsSpan(_mask + _offsets[row], Length(row));

    /// <summary>Index of the conversation's format.</summary>
    public int Format(int row) => _raw[_kinds + 4 * row];

    /// <summary>Index of its family.</summary>
    public int Family(int row) => _raw[_kinds + 4 * row + 1];

    /// <summary>Dependent steps of its problem.</summary>
    public int Steps(int row) => _raw[_kinds + 4 * row + 2];

    /// <summary>The tokens before the first learned one, and those from there to the end of the turn, which is left out.</summary>
    public (int[] Prompt, int[] Text) Question(int row)
    {
        var ids = Ids(row);
        var learned = Learned(row);
        var start = learned.IndexOf((byte)1);
        var length = learned[start..].IndexOf((byte)0);
        return (Whole(ids[..start]), Whole(ids.Slice(start, (length < 0 ? ids.Length - start : length) - 1)));
    }

    /// <summary>Writes some of the conversations as a file of the same layout, in the order given.</summary>
    public void Write(string path, IReadOnlyList<int> rows)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(_raw.AsSpan(0, 8));
        writer.Write(rows.Count);
        writer.Write(rows.Sum(Length));
        var offset = 0;
        writer.Write(offset);
        foreach (var row in rows)
            writer.Write(offset += Length(row));
        foreach (var row in rows)
            writer.Write(_raw.AsSpan(_kinds + 4 * row, 4));
        foreach (var row in rows)
            writer.Write(_raw.AsSpan(_ids + 2 * _offsets[row], 2 * Length(row)));
        foreach (var row in rows)
            writer.Write(Learned(row));
    }

    private static int[] Whole(ReadOnlySpan<ushort> ids)
    {
        var whole = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
            whole[i] = ids[i];
        return whole;
    }
}
