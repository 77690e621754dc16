using System.Text.RegularExpressions;

namespace CognitiveTools.Lab.Tests.Generation;

/// <summary>Recalculates a step such as <c>5*9=45+4=49%11=5</c>; hops and names are true by themselves.</summary>
internal static partial class StepChecker
{
    public static bool IsTrue(string step)
    {
        foreach (var chain in step.Split(','))
        {
            var values = chain.Split('=');
            for (var i = 0; i + 1 < values.Length; i++)
            {
                if (Operation().Match(values[i]) is not { Success: true } match)
                    continue;
                var (a, b) = (int.Parse(match.Groups["a"].Value), int.Parse(match.Groups["b"].Value));
                var exact = match.Groups["sign"].Value switch { "+" => a + b, "-" => a - b, "*" => a * b, _ => a % b };
                if (exact != int.Parse(Number().Match(values[i + 1]).Value))
                    return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^(?<a>\d+)(?<sign>[-+*%])(?<b>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Operation();

    [GeneratedRegex(@"^\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
