using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Wandering;

/// <summary>
/// The chance per step to miss the right branch, fitted by maximum likelihood to p = 1 - (1 - q^(d-1))^m: a search of depth d with m
/// goals succeeds when it keeps to the way to one of them, each step with chance q (Lu et al. 2025, arXiv 2505.20296).
/// </summary>
/// <param name="Trials">Trials that depend on q, those of at least one step.</param>
/// <param name="MissRate">1 - q where the likelihood is highest.</param>
/// <param name="Interval">Profile likelihood interval of 1 - q, 95%.</param>
internal sealed record MissRateFit(int Trials, double MissRate, Interval Interval)
{
    // 95% of the chi-squared distribution with one degree of freedom, halved: a deviance is twice a log likelihood ratio.
    private const double LikelihoodDrop = 3.841458820694124 / 2;

    // ln q is searched; the ends mean never and always.
    private const double LowestLog = -30;
    private const int Rounds = 200;
    private const double Tiny = 1e-9;

    /// <summary>Fits.</summary>
    /// <returns><see langword="null"/> when no trial has a step, so that nothing can be said.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A trial has negative steps or no goal.</exception>
    public static MissRateFit? Of(IEnumerable<SearchTrial> trials)
    {
        var telling = trials.Where(trial => Checked(trial).Steps > 0).ToArray();
        if (telling.Length == 0)
            return null;

        // The log likelihood is concave in ln q: both ln(q^s) and ln(1 - q^s) are.
        var (low, high) = (LowestLog, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Likelihood(telling, left) < Likelihood(telling, right))
                low = left;
            else
                high = right;
        }

        // A search by thirds only comes near the ends.
        var best = new[] { (low + high) / 2, LowestLog, 0.0 }.MaxBy(log => Likelihood(telling, log));
        var floor = Likelihood(telling, best) - LikelihoodDrop;
        var interval = new Interval(Miss(Edge(telling, best, 0, floor)), Miss(Edge(telling, best, LowestLog, floor)));
        return new MissRateFit(telling.Length, Miss(best), interval);
    }

    /// <summary>The chance of success that the formula gives for the chance q per step to keep to the way.</summary>
    public static double Success(double keep, int steps, int goals) => 1 - Math.Pow(1 - Math.Pow(keep, steps), goals);

    private static double Edge(SearchTrial[] trials, double inside, double outside, double floor)
    {
        if (Likelihood(trials, outside) >= floor)
            return outside;
        for (var round = 0; round < Rounds; round++)
        {
            var middle = (inside + outside) / 2;
            if (Likelihood(trials, middle) >= floor)
                inside = middle;
            else
                outside = middle;
        }

        return inside;
    }

    private static double Likelihood(SearchTrial[] trials, double log)
    {
        var sum = 0.0;
        foreach (var trial in trials)
        {
            var (way, miss) = (Math.Exp(trial.Steps * log), Math.Pow(-ExpMinusOne(trial.Steps * log), trial.Goals));

            // 1 - (1 - r)^m is m r for a tiny r, of which the subtraction would leave nothing.
            sum += !trial.Found ? Math.Log(miss) : way < Tiny ? Math.Log(trial.Goals) + (trial.Steps * log) : Math.Log(1 - miss);
        }

        return sum;
    }

    private static double Miss(double log) => log == LowestLog ? 1 : -ExpMinusOne(log);

    // e^x - 1 without losing the digits of a small x.
    private static double ExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;

    private static SearchTrial Checked(SearchTrial trial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trial.Steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(trial.Goals, 1);
        return trial;
    }
}
