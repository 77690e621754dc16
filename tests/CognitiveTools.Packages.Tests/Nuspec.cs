using System.Xml.Linq;

namespace CognitiveTools.Packages.Tests;

/// <summary>Reads single values of a package's description.</summary>
internal sealed record Nuspec(XDocument Document)
{
    public string Id => this["id"];

    public string Version => this["version"];

    /// <summary>The text of an element; empty when there is none.</summary>
    public string this[string name] => All(name).FirstOrDefault()?.Value ?? "";

    /// <summary>Packages it depends on: name, and the assets that it does not pass on.</summary>
    public IReadOnlyDictionary<string, string> Dependencies =>
        All("dependency").ToDictionary(
            static element => element.Attribute("id")!.Value,
            static element => element.Attribute("exclude")?.Value ?? "");

    /// <summary>Whether it is a .NET tool.</summary>
    public bool IsTool => All("packageType").Any(static element => element.Attribute("name")!.Value == "DotnetTool");

    private IEnumerable<XElement> All(string name) => Document.Descendants().Where(element => element.Name.LocalName == name);
}
