using CognitiveTools.Code;
using CognitiveTools.Sandbox.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the sandbox with a host.</summary>
public static class SandboxServiceCollectionExtensions
{
    /// <summary>
    /// Adds the sandbox in which tools run the programs that a model wrote. With it, <c>use_code</c> is among the host's
    /// tools wherever its prompt profile has the prompt.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">What is demanded of the sandbox; Python is refused below <see cref="SandboxLevel.Namespaces"/>
    /// otherwise.</param>
    public static IServiceCollection AddCodeSandbox(this IServiceCollection services, Action<CodeSandboxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<CodeSandboxOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton<ICodeSandbox>(
            static provider => new CodeSandbox(provider.GetRequiredService<IOptions<CodeSandboxOptions>>().Value));
        return services;
    }
}
