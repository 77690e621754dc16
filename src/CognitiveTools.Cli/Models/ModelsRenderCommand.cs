using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Templates.Values;
using CognitiveTools.Models.Catalog;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models render</c>: a conversation as a chat template writes it.</summary>
internal static class ModelsRenderCommand
{
    private static readonly string[] DateForms =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm",
         "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private static readonly Option<FileInfo?> Template = new("--template")
    {
        Description = "A chat template in Jinja",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Model = new("--model", "-m")
    {
        Description = "A GGUF model whose template is rendered: a name from `cogtools models list`, or a file",
        HelpName = "NAME|FILE",
    };

    private static readonly Option<FileInfo> Messages = new("--messages")
    {
        Description = "The conversation, JSON; - reads it from standard input: a list of messages, or an object with messages and, "
            + "if you like, tools, documents, add_generation_prompt and variables (an object)",
        Required = true,
        HelpName = "FILE|-",
    };

    private static readonly Option<FileInfo?> Tools = new("--tools")
    {
        Description = "The tools, JSON: a list in OpenAI's form",
        HelpName = "FILE",
    };

    // Not Option<string>: an empty token is a value here.
    private static readonly Option<FreeText?> Begin = new("--bos")
    {
        Description = "Text of the token that begins a text [default: the model's; empty with --template]",
        HelpName = "TOKEN",
        CustomParser = FreeText.Parse,
    };

    private static readonly Option<FreeText?> End = new("--eos")
    {
        Description = "Text of the token that ends a text [default: the model's; empty with --template]",
        HelpName = "TOKEN",
        CustomParser = FreeText.Parse,
    };

    private static readonly Option<string?> Date = new("--date")
    {
        Description = "The date that the template writes, as 2026-11-28 or 2026-11-28T09:30 [default: now]",
        HelpName = "DATE",
    };

    private static readonly Option<string[]> Variables = new("--set")
    {
        Description = "A variable of the template; the value is JSON, or else a text. Repeat the option for more",
        HelpName = "NAME=VALUE",
    };

    public static Command Create()
    {
        var command = new Command("render", "Print a conversation as a model's chat template writes it, and nothing else");
        command.AddGroup("What to render", Template, Model, Messages, Tools);
        command.AddGroup("What the template gets", Begin, End, Date, Variables);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (text, notes) = Render(parse);
            foreach (var note in notes)
                await parse.InvocationConfiguration.Error.WriteLineAsync(TerminalText.Line($"{ProgramCommand.NameOf(parse)}: {note}"));
            var output = TerminalWriter.Exact(parse.InvocationConfiguration.Output);
            await output.WriteAsync(text.AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
            return ExitCodes.Success;
        });
        return command;
    }

    // A template ignores a variable that it does not read, and so does the library that it was made for. The notes say so.
    private static (string Text, IReadOnlyList<string> Notes) Render(ParseResult parse)
    {
        var messages = parse.GetValue(Messages)!;
        var conversation = ConversationFile.Read(
            messages.ToString() == ConversationFile.StandardInput ? ConversationFile.StandardInput : messages.FullName,
            parse.GetValue(Tools)?.FullName);
        foreach (var given in parse.GetValue(Variables) ?? [])
            TakeVariable(given, conversation);
        var (name, source, begin, end) = Source(parse.GetValue(Template), parse.GetValue(Model), conversation.HasTools);
        var values = conversation.Values;
        values.TryAdd(ConversationFile.BeginKey, TemplateText.Own(parse.GetValue(Begin)?.Value ?? begin));
        values.TryAdd(ConversationFile.EndKey, TemplateText.Own(parse.GetValue(End)?.Value ?? end));
        try
        {
            var parsed = JinjaTemplate.Parse(source);
            foreach (var (variable, value) in conversation.Variables)
                values.Add(variable, PythonJson.Read(value));
            string[] notes = [.. conversation.Variables.Keys.Select(v => ChatVariables.Unread(parsed, name, v)).OfType<string>()];
            return (parsed.Render(values, DateOf(parse.GetValue(Date))).Value, notes);
        }
        catch (TemplateException e)
        {
            throw new NotSupportedException($"{name}{(e.Line > 0 ? $", line {e.Line}" : "")}: {e.Sentence}", e);
        }
    }

    private static void TakeVariable(string given, ConversationFile conversation)
    {
        var at = given.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
            throw new ArgumentException($"--set is '{given}'; it must be NAME=VALUE.");
        var (name, value) = (given[..at], ChatVariables.Parse(given[(at + 1)..]));
        if (conversation.Has(name))
            throw new ArgumentException($"--set {name}: '{name}' is there already, in the conversation or by an option. Leave one out.");
        if (conversation.TakePart(name, value))
            return;
        if (ChatVariables.ProblemOf(name) is { } problem)
            throw new ArgumentException($"--set: {problem}");
        conversation.Variables[name] = value;
    }

    private static (string Name, string Source, string Begin, string End) Source(FileInfo? template, string? model, bool hasTools)
    {
        if (template is null == model is null)
            throw new ArgumentException("Give either --template FILE or --model NAME|FILE.");
        if (template is not null)
            return (template.Name, ChatTemplateFile.ReadFile(template.FullName, Template.Name), "", "");
        if (ModelChange.Split(model!).Change is { IsNone: false } change)
            throw new ArgumentException(
                $"{Model.Name} '{model}': the template and its tokens are rendered as they are in the file, so that "
                + $"{string.Join(", ", change.Parts())} would change nothing. Leave it out. {Template.Name} gives another template, "
                + $"{Begin.Name} and {End.Name} other tokens.");
        var resolved = new ModelStore(ModelCatalog.Load()).Require(model!);
        return !RecurrentModel.Is(resolved) && FileTemplate.Read(resolved.Path, hasTools) is { } own
            ? ($"The chat template of {Path.GetFileName(resolved.Path)}", own.Source, own.BeginText, own.EndText)
            : throw new NotSupportedException(
                $"{resolved.Path}{(RecurrentModel.Is(resolved) ? " is a recurrent-depth model on ONNX Runtime, which" : "")} has no chat "
                + "template. Give one: --template FILE.");
    }

    private static DateTime DateOf(string? date)
    {
        if (date is null)
            return TimeProvider.System.GetLocalNow().DateTime;
        return DateTime.TryParseExact(date, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new ArgumentException($"--date is '{date}'; it must be a date such as 2026-11-28, or a time such as 2026-11-28T09:30.");
    }
}
