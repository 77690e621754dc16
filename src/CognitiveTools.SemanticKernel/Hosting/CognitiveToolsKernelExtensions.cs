using CognitiveTools.Hosting;
using CognitiveTools.Prompts;
using CognitiveTools.SemanticKernel.Plugins;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Adds the cognitive tools to kernels.</summary>
public static class CognitiveToolsKernelExtensions
{
    /// <summary>
    /// Adds the plugin <c>cognitive_tools</c>. Its functions run on the kernel's own model: the chat client under the key
    /// <c>verbal</c>, else the kernel's chat client, else its chat completion service.
    /// </summary>
    /// <param name="plugins">A kernel's plugins.</param>
    /// <param name="tools">The tools; the embedded ones when <see langword="null"/>.</param>
    /// <param name="profile">Their prompts; the embedded profile <c>default</c> when <see langword="null"/>.</param>
    /// <returns>The plugin.</returns>
    public static KernelPlugin AddCognitiveTools(this ICollection<KernelPlugin> plugins, ToolCatalog? tools = null,
        PromptProfile? profile = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var plugin = CognitiveToolsPlugin.Create(tools ?? ToolCatalog.Embedded(), profile ?? PromptProfile.Embedded());
        plugins.Add(plugin);
        return plugin;
    }

    /// <summary>
    /// Adds the plugin <c>latent_reasoning</c> (<c>reason</c>, <c>compare</c>). The kernel's services must hold the reasoners and a
    /// latent model, for instance by <c>AddCognitiveTools()</c>, <c>AddLatentReasoning()</c> and <c>AddLlama()</c>.
    /// </summary>
    /// <returns>The plugin.</returns>
    public static KernelPlugin AddLatentReasoning(this ICollection<KernelPlugin> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        var plugin = LatentReasoningPlugin.Create();
        plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Adds the toolkit to a kernel's services and the plugin to the kernel; the reasoner <c>tools</c> then calls through
    /// it.</summary>
    public static IKernelBuilder AddCognitiveTools(this IKernelBuilder builder, Action<CognitiveToolsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCognitiveToolsKernel(configure);
        return builder;
    }
}
