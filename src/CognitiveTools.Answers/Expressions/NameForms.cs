namespace CognitiveTools.Answers.Expressions;

/// <summary>Says which expressions are names of what was asked for: <c>x</c>, <c>f(x)</c>, <c>AB</c>, <c>Area</c>, <c>(x,y)</c>.</summary>
internal static class NameForms
{
    /// <summary>One text for the same name; <see langword="null"/> when an expression is not a name.</summary>
    public static string? Of(Node node) => node switch
    {
        Symbol { IsConstant: false } symbol => symbol.Name,
        Words words => Vocabulary.Meaning(words.Text),
        Opaque opaque => opaque.Text,
        Product
        {
            Factors: [Symbol { Name: "f" or "g" or "h" or "p" or "q" or "F" or "G" or "P" or "Q" or "T" or "S" } function,
            Symbol or Number or Brackets]
        } call => $"{function.Name}({Key(call.Factors[1])})",
        Product product when product.Factors.All(f => f is Symbol { IsConstant: false, Name: [>= 'A' and <= 'Z', ..] }) =>
            string.Concat(product.Factors.Select(f => ((Symbol)f).Name)),
        Brackets { Open: '(', Close: ')' } brackets when brackets.Items.All(i => i is Symbol { IsConstant: false }) => Key(brackets),
        Call { Function: "abs", Argument: Symbol or Product } size when Of(size.Argument) is { } inside => $"|{inside}|",
        _ => null,
    };

    /// <summary>Whether an expression is the value of a function at a variable, or the letter that graphs have for it.</summary>
    public static bool IsFunction(Node node) =>
        node is Symbol { Name: "y" } or Product
        {
            Factors: [Symbol { Name: "f" or "g" or "h" or "p" or "q" },
            Symbol { IsConstant: false }]
        };

    /// <summary>Whether an expression holds a variable or another name.</summary>
    public static bool HasAny(Node node) => node.Any(n => n is Symbol { IsConstant: false } or Opaque or Words);

    /// <summary>Whether two expressions hold a common variable.</summary>
    public static bool Share(Node a, Node b) =>
        a.Any(n => n is Symbol { IsConstant: false } name && b.Any(m => m is Symbol other && other.Name == name.Name));

    /// <summary>The letters of a bare run of capitals like <c>BCF</c>, which is an order or a choice of several; else <see
    /// langword="null"/>.</summary>
    public static string? Run(Node node) =>
        node is Product { Factors: var factors } && factors.All(f => f is Symbol { Name: [>= 'A' and <= 'Z'] })
            ? string.Concat(factors.Select(f => ((Symbol)f).Name)) : null;

    private static string Key(Node node) => node switch
    {
        Symbol symbol => symbol.Name,
        Number number => number.Value.ToString(),
        Brackets brackets => string.Join(',', brackets.Items.Select(Key)),
        _ => node.GetHashCode().ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
