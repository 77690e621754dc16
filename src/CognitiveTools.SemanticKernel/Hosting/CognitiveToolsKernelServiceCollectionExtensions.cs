using CognitiveTools.Calls;
using CognitiveTools.Hosting;
using CognitiveTools.Prompts;
using CognitiveTools.SemanticKernel.Invoking;
using CognitiveTools.SemanticKernel.Plugins;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the kernel side of the toolkit with a host.</summary>
public static class CognitiveToolsKernelServiceCollectionExtensions
{
    /// <summary>
    /// Adds the toolkit (<see cref="CognitiveToolsServiceCollectionExtensions.AddCognitiveTools"/>), the plugin
    /// <c>cognitive_tools</c> and a kernel, and makes the tool loop reach its tools through that kernel's plugins.
    /// </summary>
    public static IServiceCollection AddCognitiveToolsKernel(this IServiceCollection services,
        Action<CognitiveToolsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCognitiveTools(configure);
        if (services.Any(s => s.ImplementationType == typeof(KernelToolInvoker)))
            return services;
        services.AddSingleton(s => CognitiveToolsPlugin.Create(s.GetRequiredService<ToolCatalog>(), s.GetRequiredService<PromptProfile>()));
        services.TryAddTransient(s => new Kernel(s));
        services.Replace(ServiceDescriptor.Singleton<IToolInvoker, KernelToolInvoker>());
        return services;
    }
}
