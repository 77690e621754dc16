using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Suites;

/// <summary>
/// Leaves out the arms that a suite calls optional where the model cannot think as they ask. What else is wrong with an arm is an error.
/// </summary>
internal static class OptionalArms
{
    /// <summary>The suite with the arms that can be run, and a line for each arm that was left out, with the reason.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="reasoners">The reasoners of an arm's model.</param>
    /// <exception cref="ArgumentException">No arm is left, or an optional one is wrong.</exception>
    public static (Suite Suite, IReadOnlyList<string> LeftOut) Select(Suite suite, Func<Arm, ReasonerCatalog> reasoners)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var arm in suite.Arms.Where(arm => arm.IsOptional))
        {
            try
            {
                _ = reasoners(arm).Create(arm.Reasoner);
            }
            catch (ModelCannotThinkException refusal)
            {
                reasons[arm.Name] = $"Arm '{arm.Name}' is optional and left out. {refusal.Message}";
            }
        }

        while (suite.Arms.FirstOrDefault(arm => arm.ControlOf is { } of && reasons.ContainsKey(of) && !reasons.ContainsKey(arm.Name))
            is { } control)
        {
            reasons[control.Name] = $"Arm '{control.Name}' is left out, because it is a control of '{control.ControlOf}'.";
        }

        if (reasons.Count == suite.Arms.Count)
            throw new ArgumentException($"Suite '{suite.Name}': no arm can be run. {string.Join(' ', reasons.Values)}");
        return (suite with { Arms = [.. suite.Arms.Where(arm => !reasons.ContainsKey(arm.Name))] }, [.. reasons.Values]);
    }
}
