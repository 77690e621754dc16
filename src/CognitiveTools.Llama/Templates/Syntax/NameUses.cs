using CognitiveTools.Llama.Templates.Builtins;

namespace CognitiveTools.Llama.Templates.Syntax;

/// <summary>Which of a template's names its caller can set: collected while it is parsed, in the order of the source.</summary>
internal sealed class NameUses
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _early = new(StringComparer.Ordinal); // read before they are set
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal); // by `is defined`, `is none` or `default`
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private readonly HashSet<string> _alwaysSet = new(StringComparer.Ordinal);
    private readonly Stack<HashSet<string>> _bound = new();
    private int _macros;

    /// <summary>Blocks that are open: what is set in one may never be set, or not for what follows it.</summary>
    public int Blocks { get; set; }

    /// <summary>Names that the template reads and does not set itself before, or asks for.</summary>
    public IReadOnlySet<string> Inputs => _read
        .Where(name => !GlobalFunctions.All.ContainsKey(name)
            && (_asked.Contains(name) || _early.Contains(name) || !_set.Contains(name)))
        .ToHashSet(StringComparer.Ordinal);

    public void Read(string name)
    {
        if (IsBound(name))
            return;
        _read.Add(name);
        if (_macros == 0 && !_set.Contains(name))
            _early.Add(name); // a macro's body runs later, where it may be set
    }

    public void Ask(string name)
    {
        if (!IsBound(name) && !_alwaysSet.Contains(name))
            _asked.Add(name);
    }

    public void Set(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _set.Add(name);
            if (Blocks == 0)
                _alwaysSet.Add(name);
        }
    }

    /// <summary>Begins a part of the template with variables of its own; <see cref="Leave"/> ends it.</summary>
    /// <param name="names">The variables.</param>
    /// <param name="isMacro">Whether it is a macro's body.</param>
    public void Enter(IEnumerable<string> names, bool isMacro = false)
    {
        _macros += isMacro ? 1 : 0;
        _bound.Push([.. names, .. isMacro ? (string[])["caller", "varargs", "kwargs"] : []]);
    }

    public void Leave(bool isMacro = false)
    {
        _macros -= isMacro ? 1 : 0;
        _bound.Pop();
    }

    private bool IsBound(string name) => _bound.Any(names => names.Contains(name));
}
