namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// How a chat template writes the calls of one turn: <see cref="Open"/>, then a name and its arguments, then for each further call
/// <see cref="Join"/>, a name and its arguments, then <see cref="Close"/>. <see cref="CallSamples"/> finds it by looking at rendered calls,
/// so it fits every template whose calls can be cut in this way. The texts may hold the characters of <see cref="MarkText"/>.
/// </summary>
/// <param name="Open">Text before the first name.</param>
/// <param name="Join">Between a call's arguments and the next name; <see langword="null"/>: the template writes one call in a turn.</param>
/// <param name="Close">Text behind the last arguments, up to the end of the turn.</param>
/// <param name="Arguments">How arguments are written.</param>
internal sealed record CallSyntax(string Open, string? Join, string Close, ArgumentSyntax Arguments)
{
    /// <summary>The form of a template that has none: it is described in the system prompt.</summary>
    public static CallSyntax Generic { get; } = new(
        "<tool_call>\n{\"name\": \"", "}\n</tool_call>\n<tool_call>\n{\"name\": \"", "}\n</tool_call>",
        new JsonArguments("\", \"arguments\": "));

    /// <summary>
    /// Text that a model may write before <see cref="Open"/>, though the template does not; it is not a part of the answer.
    /// </summary>
    public string Lead { get; init; } = "";

    /// <summary>All texts, to look for special tokens in them.</summary>
    public IEnumerable<string> Texts => [Lead, Open, Join ?? "", Close, .. Arguments.Texts];

    /// <summary>A call in this form, for a description.</summary>
    public string Example => $"{Open}NAME{MarkText.For(Arguments.Example, "NAME", "ARGUMENT")}{Close}"
        .Replace(MarkText.Id, '1').Replace(MarkText.Index, '1');

    /// <summary>What the form cannot express of some functions; <see langword="null"/> when it can express them.</summary>
    public string? ProblemOf(IEnumerable<Conversations.DeclaredFunction> functions) =>
        functions.Select(Arguments.ProblemOf).FirstOrDefault(static problem => problem is not null);
}

/// <summary>How the arguments of a call are written.</summary>
internal abstract record ArgumentSyntax
{
    /// <summary>All texts.</summary>
    public abstract IEnumerable<string> Texts { get; }

    /// <summary>What stands between name and <see cref="CallSyntax.Close"/> in a description.</summary>
    public abstract string Example { get; }

    /// <summary>What cannot be expressed of a function; <see langword="null"/> when it can be.</summary>
    public virtual string? ProblemOf(Conversations.DeclaredFunction function) => null;
}

/// <summary>One JSON object: Hermes and Qwen, Llama 3, Mistral, gpt-oss, DeepSeek V3.</summary>
/// <param name="Middle">Text between name and arguments.</param>
internal sealed record JsonArguments(string Middle) : ArgumentSyntax
{
    /// <summary>What a model may write in place of <see cref="Middle"/>, though the template does not.</summary>
    public string? Other { get; init; }

    public override IEnumerable<string> Texts => [Middle, Other ?? ""];

    public override string Example => Middle + "{...}";
}

/// <summary>
/// One argument after the other: Qwen3-Coder, GLM, MiniMax, DeepSeek V4, Kimi K3, Gemma 4. A call with arguments is its name,
/// <see cref="Middle"/>, and the arguments with <see cref="Next"/> between them; an argument is its name and the texts of a
/// <see cref="ValueForm"/> around the value.
/// </summary>
/// <param name="Middle">Text between the function's and the first argument's name.</param>
/// <param name="Next">Text between an argument and the next one's name.</param>
/// <param name="EmptyClose">Behind the name of a last call without arguments, in place of <see cref="CallSyntax.Close"/>.</param>
/// <param name="EmptyJoin">The same in place of <see cref="CallSyntax.Join"/>.</param>
/// <param name="Values">How values are written, by their kind; a kind that is missing cannot be written.</param>
/// <param name="Quote">The mark around texts within lists and objects; empty when these are JSON.</param>
/// <param name="IsSorted">Whether arguments are in alphabetical order.</param>
internal sealed record PairArguments(
    string Middle, string Next, string EmptyClose, string? EmptyJoin, IReadOnlyList<ValueForm> Values, string Quote, bool IsSorted)
    : ArgumentSyntax
{
    public override IEnumerable<string> Texts =>
        [Middle, Next, EmptyClose, EmptyJoin ?? "", Quote, .. Values.SelectMany(static form => (string[])[form.Before, form.After])];

    public override string Example => Of(ValueKinds.Text) is { } text ? $"{Middle}{MarkText.Key}{text.Before}VALUE{text.After}" : Middle;

    /// <summary>The kinds of values that can be written.</summary>
    public ValueKinds Known => Values.Aggregate(ValueKinds.None, static (all, form) => all | form.Kind);

    /// <summary>The form of a kind of values.</summary>
    public ValueForm? Of(ValueKinds kind) => Values.FirstOrDefault(form => form.Kind == kind);

    public override string? ProblemOf(Conversations.DeclaredFunction function)
    {
        if (ParameterKinds.TakesAny(function.Parameters) && Values.Any(static form => (form.Before + form.After).Contains(MarkText.Key)))
            return $"{function.Name} declares no parameters, and the template's form needs their names";
        foreach (var (name, kinds) in ParameterKinds.Of(function.Parameters))
        {
            if ((kinds & Known) == ValueKinds.None)
                return $"the parameter {name} of {function.Name} is of the type {kinds}, for which the template's form is not known here";
        }

        return null;
    }
}

/// <summary>How values of one kind are written.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Before">Text between the argument's name and the value.</param>
/// <param name="After">Text behind the value; it ends a text that is written as it is.</param>
/// <param name="Spelling">How the value itself is written.</param>
internal sealed record ValueForm(ValueKinds Kind, string Before, string After, ValueSpelling Spelling);

/// <summary>How a value is written.</summary>
internal enum ValueSpelling
{
    /// <summary>A text as it is.</summary>
    Plain,

    Json,

    /// <summary>As Python prints it: <c>True</c>, <c>None</c>.</summary>
    Python,

    /// <summary>As JSON, with <see cref="PairArguments.Quote"/> around texts and bare names.</summary>
    Quoted,
}
