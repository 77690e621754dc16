using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Suites;

/// <summary>Reads arms in their short form.</summary>
internal static class ArmList
{
    /// <summary>
    /// Parses a comma-separated list, for instance <c>direct,cot,latent:rule=soft,steps=8/zeroed</c>. A piece
    /// <c>key=value</c> belongs to the arm before it.
    /// </summary>
    /// <exception cref="FormatException">A piece is not an arm, or a name appears twice.</exception>
    public static IReadOnlyList<Arm> Parse(string text)
    {
        var pieces = new List<string>();
        foreach (var piece in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            var colon = piece.IndexOf(':', StringComparison.Ordinal);
            if (pieces.Count > 0 && equals > 0 && (colon < 0 || equals < colon))
                pieces[^1] += "," + piece;
            else
                pieces.Add(piece);
        }

        return Link([.. pieces.Select(p => new Arm(p, ReasonerSpec.Parse(p)))]);
    }

    /// <summary>Links every control without a named arm to the arm that has the same reasoner without the control.</summary>
    /// <exception cref="FormatException">A name appears twice, or a control names an unknown arm.</exception>
    internal static IReadOnlyList<Arm> Link(IReadOnlyList<Arm> arms)
    {
        if (arms.Count == 0)
            throw new FormatException("No arm is given. Name at least one, for instance 'direct'.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var arm in arms)
        {
            if (!names.Add(arm.Name))
                throw new FormatException($"Arm '{arm.Name}' is given twice.");
        }

        Arm[] linked = [.. arms.Select(a => a with { ControlOf = Target(a, arms) })];
        foreach (var arm in linked)
            RefuseCircle(arm, linked);
        return linked;
    }

    private static void RefuseCircle(Arm arm, Arm[] arms)
    {
        var at = arm;
        for (var step = 0; at.ControlOf is { } next; step++)
        {
            if (step == arms.Length)
                throw new FormatException($"Arm '{arm.Name}': its controlOf leads in a circle. Make one of the arms a plain arm.");
            at = arms.First(a => a.Name == next);
        }
    }

    private static string? Target(Arm arm, IReadOnlyList<Arm> arms)
    {
        if (arm.ControlOf is { } named)
        {
            return arms.Any(a => a.Name == named && a.Name != arm.Name)
                ? named
                : throw new FormatException($"Arm '{arm.Name}': it is a control of '{named}', which is not another arm of the suite.");
        }

        if (arm.Reasoner.Control is null)
            return null;
        var without = (arm.Reasoner with { Control = null }).ToString();
        return arms.FirstOrDefault(a => a.Name != arm.Name && a.Model == arm.Model && a.Reasoner.ToString() == without)?.Name;
    }
}
