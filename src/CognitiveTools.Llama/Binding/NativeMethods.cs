using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The functions of llama.h and ggml that the engine uses, under their native names.</summary>
internal static unsafe partial class NativeMethods
{
    internal const string Llama = "llama";
    internal const string Ggml = "ggml";
    internal const string GgmlBase = "ggml-base";

    /// <summary>Used for builds without <see cref="llama_version"/> only.</summary>
    [LibraryImport(GgmlBase)]
    internal static partial byte* ggml_commit();

    [LibraryImport(GgmlBase)]
    internal static partial TypeTraits* ggml_get_type_traits(int type);

    [LibraryImport(GgmlBase)]
    internal static partial byte* ggml_get_name(nint tensor);

    [LibraryImport(GgmlBase)]
    internal static partial nuint ggml_nbytes(nint tensor);

    [LibraryImport(GgmlBase)]
    internal static partial void ggml_backend_tensor_get(nint tensor, void* data, nuint offset, nuint size);

    [LibraryImport(Ggml)]
    internal static partial void ggml_backend_load_all_from_path(byte* directory);

    [LibraryImport(Ggml)]
    internal static partial nuint ggml_backend_dev_count();

    [LibraryImport(Ggml)]
    internal static partial nint ggml_backend_dev_get(nuint index);

    [LibraryImport(Ggml)]
    internal static partial nuint ggml_backend_reg_count();

    [LibraryImport(Ggml)]
    internal static partial nint ggml_backend_reg_get(nuint index);

    [LibraryImport(GgmlBase)]
    internal static partial byte* ggml_backend_reg_name(nint registration);

    [LibraryImport(GgmlBase)]
    internal static partial byte* ggml_backend_dev_name(nint device);

    [LibraryImport(GgmlBase)]
    internal static partial byte* ggml_backend_dev_description(nint device);

    [LibraryImport(GgmlBase)]
    internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);

    [LibraryImport(GgmlBase)]
    internal static partial int ggml_backend_dev_type(nint device);

    [LibraryImport(Llama)]
    internal static partial byte* llama_version();

    [LibraryImport(Llama)]
    internal static partial byte* llama_print_system_info();

    [LibraryImport(Llama)]
    internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* userData);

    [LibraryImport(Llama)]
    internal static partial void llama_backend_init();

    [LibraryImport(Llama)]
    internal static partial SamplerChainParams llama_sampler_chain_default_params();

    [LibraryImport(Llama)]
    internal static partial void llama_model_free(nint model);

    [LibraryImport(Llama)]
    internal static partial void llama_free(nint context);

    [LibraryImport(Llama)]
    internal static partial uint llama_n_ctx(nint context);

    [LibraryImport(Llama)]
    internal static partial uint llama_n_batch(nint context);

    [LibraryImport(Llama)]
    internal static partial nint llama_get_memory(nint context);

    [LibraryImport(Llama)]
    internal static partial nint llama_model_get_vocab(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_rope_type(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_n_ctx_train(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_n_embd_inp(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_n_embd_out(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_n_embd(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_n_layer(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_model_desc(nint model, byte* buffer, nuint size);

    [LibraryImport(Llama)]
    internal static partial int llama_model_meta_val_str(nint model, byte* key, byte* buffer, nuint size);

    [LibraryImport(Llama)]
    internal static partial ulong llama_model_size(nint model);

    [LibraryImport(Llama)]
    internal static partial ulong llama_model_n_params(nint model);

    [LibraryImport(Llama)]
    internal static partial byte* llama_model_chat_template(nint model, byte* name);

    [LibraryImport(Llama)]
    internal static partial byte llama_model_has_encoder(nint model);

    [LibraryImport(Llama)]
    internal static partial byte llama_model_has_decoder(nint model);

    [LibraryImport(Llama)]
    internal static partial byte llama_model_is_recurrent(nint model);

    [LibraryImport(Llama)]
    internal static partial byte llama_model_is_hybrid(nint model);

    [LibraryImport(Llama)]
    internal static partial int llama_vocab_n_tokens(nint vocab);

    [LibraryImport(Llama)]
    internal static partial int llama_vocab_type(nint vocab);

    [LibraryImport(Llama)]
    internal static partial byte* llama_vocab_get_text(nint vocab, int token);

    [LibraryImport(Llama)]
    internal static partial int llama_vocab_get_attr(nint vocab, int token);

    [LibraryImport(Llama)]
    internal static partial byte llama_vocab_is_eog(nint vocab, int token);

    [LibraryImport(Llama)]
    internal static partial int llama_vocab_bos(nint vocab);

    [LibraryImport(Llama)]
    internal static partial int llama_vocab_eos(nint vocab);

    [LibraryImport(Llama)]
    internal static partial byte llama_vocab_get_add_bos(nint vocab);

    [LibraryImport(Llama)]
    internal static partial int llama_tokenize(
        nint vocab, byte* text, int textLength, int* tokens, int capacity, byte addSpecial, byte parseSpecial);

    [LibraryImport(Llama)]
    internal static partial int llama_token_to_piece(nint vocab, int token, byte* buffer, int length, int leftStrip, byte special);

    [LibraryImport(Llama)]
    internal static partial int llama_chat_builtin_templates(nint* output, nuint length);

    [LibraryImport(Llama)]
    internal static partial int llama_chat_apply_template(
        byte* template, NativeChatMessage* messages, nuint count, byte addAssistant, byte* buffer, int length);

    [LibraryImport(Llama)]
    internal static partial int llama_set_adapter_cvec(nint context, float* data, nuint length, int width, int firstLayer, int lastLayer);

    [LibraryImport(Llama)]
    internal static partial nint llama_adapter_lora_init(nint model, byte* path);

    [LibraryImport(Llama)]
    internal static partial int llama_set_adapters_lora(nint context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Llama)]
    internal static partial void llama_set_embeddings(nint context, byte value);

    [LibraryImport(Llama)]
    internal static partial int llama_decode(nint context, Batch batch);

    [LibraryImport(Llama)]
    internal static partial float* llama_get_logits_ith(nint context, int index);

    [LibraryImport(Llama)]
    internal static partial float* llama_get_embeddings_ith(nint context, int index);

    [LibraryImport(Llama)]
    internal static partial void llama_synchronize(nint context);

    [LibraryImport(Llama)]
    internal static partial void llama_memory_clear(nint memory, byte data);

    [LibraryImport(Llama)]
    internal static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);

    [LibraryImport(Llama)]
    internal static partial void llama_memory_seq_cp(nint memory, int source, int destination, int from, int to);

    [LibraryImport(Llama)]
    internal static partial int llama_memory_seq_pos_max(nint memory, int sequence);

    [LibraryImport(Llama)]
    internal static partial nuint llama_state_seq_get_size_ext(nint context, int sequence, uint flags);

    [LibraryImport(Llama)]
    internal static partial nuint llama_state_seq_get_data_ext(nint context, byte* destination, nuint size, int sequence, uint flags);

    [LibraryImport(Llama)]
    internal static partial nuint llama_state_seq_set_data_ext(nint context, byte* source, nuint size, int sequence, uint flags);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_chain_init(SamplerChainParams parameters);

    [LibraryImport(Llama)]
    internal static partial void llama_sampler_chain_add(nint chain, nint sampler);

    [LibraryImport(Llama)]
    internal static partial void llama_sampler_apply(nint sampler, TokenDataArray* candidates);

    [LibraryImport(Llama)]
    internal static partial void llama_sampler_accept(nint sampler, int token);

    [LibraryImport(Llama)]
    internal static partial void llama_sampler_reset(nint sampler);

    [LibraryImport(Llama)]
    internal static partial void llama_sampler_free(nint sampler);

    [LibraryImport(Llama)]
    internal static partial int llama_sampler_sample(nint sampler, nint context, int index);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_greedy();

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_dist(uint seed);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_top_k(int k);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_top_p(float p, nuint minimumKept);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_min_p(float p, nuint minimumKept);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_temp(float temperature);

    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_grammar(nint vocab, byte* grammar, byte* root);
}
