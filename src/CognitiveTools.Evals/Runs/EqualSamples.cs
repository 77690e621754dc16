using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;

namespace CognitiveTools.Evals.Runs;

/// <summary>Refuses several samples of an arm whose sampling is greedy, because they would all be the same.</summary>
internal static class EqualSamples
{
    /// <exception cref="ArgumentException">
    /// The suite leaves the temperature to the model, and the file of an arm's model does not recommend one.
    /// </exception>
    public static void Refuse(Suite suite, RunFacts facts)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(facts);
        if (suite is { Samples: 1 } or { Temperature: not null })
            return;
        foreach (var arm in suite.Arms.Where(arm => !SetsTemperature(arm)))
        {
            if (facts.Of(arm.Name)?.Models.FirstOrDefault(IsGreedy) is { } model)
            {
                throw new ArgumentException(
                    $"Suite '{suite.Name}': {suite.Samples} samples of the arm '{arm.Name}' would all be the same, because the suite gives "
                    + $"no temperature and the file of {model.Name} recommends none. Set a temperature above 0 or samples to 1.");
            }
        }
    }

    // A vote has a temperature of its own.
    private static bool SetsTemperature(Arm arm) =>
        arm.Reasoner.Kind == "maj" || arm.Reasoner.Settings.GetValueOrDefault("temperature") is not (null or "none");

    private static bool IsGreedy(ModelIdentity model) =>
        model.Sha256 is not null && model.Sampling.GetValueOrDefault("temp", "0") is "0";
}
