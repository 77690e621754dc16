using System.CommandLine;
using System.CommandLine.Invocation;

namespace CognitiveTools.Cli;

/// <summary>
/// Names that changed. An old name works for one more version: help and completion do not list it, and one line on standard
/// error gives the new name.
/// </summary>
internal static class FormerName
{
    /// <summary>A command under its old name.</summary>
    /// <param name="command">A new instance of the command; this method hides it.</param>
    /// <param name="now">Its new path, without the program's name.</param>
    public static Command Of(Command command, string now)
    {
        var action = (AsynchronousCommandLineAction)command.Action!;
        command.Hidden = true;
        command.SetAction(async (parse, cancellationToken) =>
        {
            await WarnAsync(parse, command.Name, now);
            return await action.InvokeAsync(parse, cancellationToken);
        });
        return command;
    }

    /// <summary>The value of an option that may be given under its old name.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">The option.</param>
    /// <param name="former">The hidden option with the old name.</param>
    /// <exception cref="ArgumentException">Both are given.</exception>
    public static T? Read<T>(ParseResult parse, Option<T> option, Option<T> former)
    {
        if (parse.GetResult(former) is null)
            return parse.GetValue(option);
        if (parse.GetResult(option) is not null)
            throw new ArgumentException($"{former.Name} is the old name of {option.Name}, and both are given. Leave {former.Name} out.");
        parse.InvocationConfiguration.Error.WriteLine(Warning(parse, former.Name, option.Name));
        return parse.GetValue(former);
    }

    private static Task WarnAsync(ParseResult parse, string former, string now) =>
        parse.InvocationConfiguration.Error.WriteLineAsync(Warning(parse, former, now));

    private static string Warning(ParseResult parse, string former, string now) =>
        $"{ProgramCommand.NameOf(parse)}: '{former}' is now '{now}'; the next version removes the old name.";
}
