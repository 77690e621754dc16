using CognitiveTools.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.OpenAI.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a remote model with a host.</summary>
public static class OpenAICompatibleServiceCollectionExtensions
{
    /// <summary>
    /// Adds a chat client for any server that speaks OpenAI's chat completions, under a key. Its options are bound from a
    /// configuration section and checked when the host starts.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options after they were bound.</param>
    /// <param name="key">The client's key; the reasoners use <c>verbal</c>.</param>
    /// <param name="section">The configuration section; one per client.</param>
    public static IServiceCollection AddOpenAICompatibleClient(
        this IServiceCollection services, Action<OpenAICompatibleOptions>? configure = null, string key = ServiceKeys.Verbal,
            string section = OpenAICompatibleOptions.Section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(section);
        var options = services.AddOptions<OpenAICompatibleOptions>(key).ValidateOnStart();
        options.Configure<IServiceProvider>((endpoint, provider) =>
        {
            endpoint.Source = section;
            provider.GetService<IConfiguration>()?.GetSection(section).Bind(endpoint);
        });
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<OpenAICompatibleOptions>, OpenAICompatibleOptionsValidator>());
        services.AddKeyedSingleton<IChatClient>(key, (provider, _) =>
            EndpointChatClient.Create(provider.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get(key)));
        services.AddSingleton<IModelIdentitySource>(provider =>
            new EndpointIdentity(provider.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get(key)));
        return services;
    }
}
