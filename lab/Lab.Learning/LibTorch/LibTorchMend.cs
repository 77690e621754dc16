using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CognitiveTools.Lab.Learning.LibTorch;

/// <summary>
/// Lets TorchSharp 0.107.0 load on a libstdc++ older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9). Its <c>libLibTorchSharp.so</c>
/// asks for one symbol of <c>GLIBCXX_3.4.32</c>, <c>std::ios_base_library_init()</c>, a mark that does nothing. In the copy of the library
/// in the output folder this makes the version optional and lets the symbol be <c>sched_yield</c>, which takes nothing and changes nothing.
/// </summary>
/// <remarks>
/// It waits for a TorchSharp that is built on an older libstdc++, as dotnet/TorchSharp#218 once asked for <c>GLIBCXX_3.4.26</c>. Look at it
/// again with every version of TorchSharp: where libstdc++ has the symbol, or the library does not ask for it, nothing is changed.
/// </remarks>
internal static class LibTorchMend
{
    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Version = "GLIBCXX_3.4.32";
    private const string Substitute = "sched_yield";
    private const int DynamicSymbols = 11, VersionOfSymbols = 0x6fffffff, VersionsNeeded = 0x6ffffffe;
    private const ushort Unversioned = 1, Weak = 2;

    /// <summary>Mends the library beside the program where this machine needs it. Call it before the first use of TorchSharp.</summary>
    /// <exception cref="UnauthorizedAccessException">The output folder cannot be written to.</exception>
    public static void Apply()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        if (!OperatingSystem.IsLinux() || !File.Exists(library) || HasSymbol())
            return;
        if (Mend(File.ReadAllBytes(library)) is not { } mended)
            return;

        // A file of its own that replaces the old one: the copy may be a link into the package cache, and another process may run on it.
        var temporary = $"{library}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, mended);
        File.Move(temporary, library, overwrite: true);
    }

    /// <summary>The mended library, or <see langword="null"/> when it does not ask for the symbol.</summary>
    /// <exception cref="InvalidDataException">The bytes are no 64-bit library of Linux, or define the symbol themselves.</exception>
    internal static byte[]? Mend(byte[] library)
    {
        var elf = new Elf(library);
        if (!elf.TryFind(Symbol, out var entry))
            return null;
        elf.RenameSymbol(entry, Substitute);
        elf.MakeOptional(Version);
        return library;
    }

    private static bool HasSymbol() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var handle) && NativeLibrary.TryGetExport(handle, Symbol, out _);

    /// <summary>The few tables of an ELF file that name symbols and their versions.</summary>
    private readonly struct Elf
    {
        private const int SymbolBytes = 24;
        private readonly byte[] _raw;
        private readonly int _symbols, _count, _names, _versions, _needed;

        public Elf(byte[] raw)
        {
            if (raw is not [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, ..])
                throw new InvalidDataException("libLibTorchSharp.so is not a 64-bit little-endian ELF file. Restore the package again.");
            _raw = raw;
            var sections = Offset(0x28);
            for (var i = 0; i < Short(0x3C); i++)
            {
                var section = sections + i * Short(0x3A);
                var at = Offset(section + 0x18);
                switch (Word(section + 4))
                {
                    case DynamicSymbols:
                        (_symbols, _count) = (at, Offset(section + 0x20) / SymbolBytes);
                        _names = Offset(sections + Word(section + 0x28) * Short(0x3A) + 0x18);
                        break;
                    case VersionOfSymbols:
                        _versions = at;
                        break;
                    case VersionsNeeded:
                        _needed = at;
                        break;
                }
            }
        }

        public bool TryFind(string symbol, out int entry)
        {
            for (entry = 0; entry < _count; entry++)
            {
                if (Name(Word(_symbols + entry * SymbolBytes)) == symbol)
                    return true;
            }

            return false;
        }

        public void RenameSymbol(int entry, string name)
        {
            if (Short(_symbols + entry * SymbolBytes + 6) != 0)
                throw new InvalidDataException($"libLibTorchSharp.so defines {Symbol} itself; the mend does not fit this version.");
            Encoding.ASCII.GetBytes(name + '\0').CopyTo(_raw, _names + Word(_symbols + entry * SymbolBytes));
            BinaryPrimitives.WriteUInt16LittleEndian(_raw.AsSpan(_versions + entry * 2), Unversioned);
        }

        public void MakeOptional(string version)
        {
            var next = 1;
            for (var need = _needed; next != 0; need += next)
            {
                next = Word(need + 12);
                var auxiliary = need + Word(need + 8);
                for (var i = 0; i < Short(need + 2); i++, auxiliary += Word(auxiliary + 12))
                {
                    if (Name(Word(auxiliary + 8)) == version)
                        BinaryPrimitives.WriteUInt16LittleEndian(_raw.AsSpan(auxiliary + 4), (ushort)(Short(auxiliary + 4) | Weak));
                }
            }
        }

        private string Name(int offset)
        {
            var from = _raw.AsSpan(_names + offset);
            return Encoding.ASCII.GetString(from[..from.IndexOf((byte)0)]);
        }

        private int Offset(int at) => (int)BinaryPrimitives.ReadUInt64LittleEndian(_raw.AsSpan(at));

        private int Word(int at) => (int)BinaryPrimitives.ReadUInt32LittleEndian(_raw.AsSpan(at));

        private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_raw.AsSpan(at));
    }
}
