using CognitiveTools.Conformance.Latents;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>The fake holds what every engine must hold, so tests on it mean something.</summary>
public sealed class FakeConformanceTests : LatentModelConformance
{
    protected override Task<LatentModelLease> OpenAsync() => Task.FromResult(new LatentModelLease(new FakeLatentModel()));

    protected override Task<LatentModelLease> OpenBrokenAsync() =>
        Task.FromResult(new LatentModelLease(new FakeLatentModel { IsBrokenFrom = 0 }));
}
