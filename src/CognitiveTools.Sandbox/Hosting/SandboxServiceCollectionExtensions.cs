using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sandbox with a host.</summary>
public static class SandboxServiceCollectionExtensions
{
    /// <summary>
    /// Adds the sandbox in which tools run the programs that a model wrote. With it, <c>use_code</c> is among the host's
    /// tools wherever its prompt profile has the prompt.
    /// </summary>
    public static IServiceCollection AddCodeSandbox(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ICodeSandbox, CodeSandbox>();
        return services;
    }
}
