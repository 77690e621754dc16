using CognitiveTools.Reasoners;
using CsCheck;

namespace CognitiveTools.Tests.Reasoners;

public sealed class SeedsTests
{
    [Fact]
    public void Seeds_never_change_between_versions() =>
        Assert.Equal((1369281835, 1369281835), (Seeds.Derive(1, 0, 0), Seeds.Derive(1, [0, 0])));

    [Fact]
    public void Branches_are_not_negative_and_do_not_collide()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((seed, a, b) => Assert.True(Seeds.Derive(seed, a, b) >= 0));
        var branches = Enumerable.Range(0, 50).SelectMany(a => Enumerable.Range(0, 50).Select(b => Seeds.Derive(7, a, b)));
        Assert.Equal(2_500, branches.Distinct().Count());
    }
}
