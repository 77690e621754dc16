using System.Globalization;

namespace CognitiveTools.Evals.Tests.Reports.Browser;

/// <summary>Measures in the page the contrast of text with its background (WCAG 2.2, contrast ratio).</summary>
internal static class Contrast
{
    private const string Tools = """
        const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
        const context = canvas.getContext("2d", { willReadFrequently: true });
        const over = (grounds) => {
          context.clearRect(0, 0, 1, 1);
          for (const ground of grounds) { context.fillStyle = ground; context.fillRect(0, 0, 1, 1); }
          return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
        };
        const grounds = node => {
            const found = [];
            for (let at = node; at; at = at.parentElement) found.unshift(getComputedStyle(at).backgroundColor);
            return found;
        };
        const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
        const light = rgb => rgb.map(v => linear(v / 255)).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        """;

    /// <summary>The page's ground as red, green and blue.</summary>
    public const string Ground = "(() => {" + Tools + "return over(grounds(document.body)); })()";

    /// <summary>Visible texts whose ratio is below a limit.</summary>
    public static string Below(double limit) => "(() => {" + Tools + """
        const poor = [];
        for (const node of document.querySelectorAll("body *")) {
          const text = [...node.childNodes].filter(c => c.nodeType === 3).map(c => c.data.trim()).join("");
          if (!text || !node.checkVisibility() || node.closest("script, svg, option, :disabled")) continue;
          const below = grounds(node), style = getComputedStyle(node);
          const a = light(over(below)), b = light(over([...below, style.color]));
          const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
          if (ratio < LIMIT) poor.push(`${node.tagName}.${node.className}#${node.id} ${ratio.toFixed(2)}: ${text.slice(0, 30)}`);
        }
        return poor;
        })()
        """.Replace("LIMIT", limit.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
