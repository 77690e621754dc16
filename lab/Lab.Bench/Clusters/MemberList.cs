using CognitiveTools.Evals.Cluster.Hosting;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>The processes of a cluster.</summary>
internal sealed class MemberList(IReadOnlyList<string> program, EvalClusterOptions cluster, ChaosOptions options) : IDisposable
{
    private readonly List<MemberProcess> _members = [];

    public MemberOptions Options(bool isSilo) => new(
        cluster.Redis, cluster.Postgres, "chaos", isSilo, options.Concurrency, options.Unit.TotalMilliseconds,
        options.Lease.TotalSeconds, options.Probe.TotalSeconds);

    public void StartAll()
    {
        for (var i = 0; i < options.Silos + options.Workers; i++)
            _members.Add(MemberProcess.Start(program, Options(isSilo: i < options.Silos)));
    }

    /// <summary>Kills one of the members that can be chosen, and starts another one like it.</summary>
    public void Replace(Func<MemberProcess, bool> choice, Random random)
    {
        MemberProcess[] able = [.. _members.Where(choice)];
        if (able.Length == 0)
            return;
        var victim = able[random.Next(able.Length)];
        _members.Remove(victim);
        victim.Kill();
        _members.Add(MemberProcess.Start(program, victim.Options));
        victim.Dispose();
    }

    public void Dispose()
    {
        foreach (var member in _members)
            member.Dispose();
    }
}
