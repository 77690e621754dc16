namespace CognitiveTools.Cli.Configuration;

/// <summary>What a setting can lead to, which decides where it may come from.</summary>
internal enum SettingReach
{
    /// <summary>A number, a switch or a name out of a fixed list: harmless, so the current folder's file may set it too.</summary>
    Plain,

    /// <summary>Code that is loaded or started.</summary>
    Code,

    /// <summary>Files or texts that decide what a model is told.</summary>
    Prompts,

    /// <summary>What is sent to other machines, or appears in telemetry.</summary>
    Disclosure,

    /// <summary>Nothing here: applications read it, cogtools has an option instead.</summary>
    AppsOnly,
}
