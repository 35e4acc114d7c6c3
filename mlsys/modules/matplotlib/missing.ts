/** Names that matplotlib's objects have and the recorder has not: refused rather than called unknown. */
import { refuseAttributes } from '../../python/runtime/native';
import type { PyClass } from '../../python/runtime/objects';
import {
  artistClass,
  axesClass,
  axisClass,
  barClass,
  containerClass,
  figureClass,
  legendClass,
  spineClass,
  spinesClass,
} from './objects';

/** Of every artist. */
const COMMON =
  'add_callback clipbox contains convert_xunits convert_yunits draw findobj format_cursor_data ' +
  'get_agg_filter get_animated get_children get_clip_box get_clip_on get_clip_path get_cursor_data get_gid ' +
  'get_in_layout get_mouseover get_path_effects get_picker get_rasterized get_sketch_params get_snap ' +
  'get_transform get_transformed_clip_path_and_affine get_url get_visible get_zorder have_units ' +
  'is_transform_set mouseover pchanged pick pickable properties remove_callback set_agg_filter set_animated ' +
  'set_clip_box set_clip_path set_figure set_gid set_in_layout set_mouseover set_picker set_rasterized ' +
  'set_sketch_params set_snap set_transform set_url stale stale_callback sticky_edges update update_from ' +
  'zorder';

const OWN: readonly (readonly [PyClass, string])[] = [
  [
    figureClass,
    'add_artist add_axobserver add_subfigure align_labels align_titles align_xlabels align_ylabels artists ' +
      'bbox bbox_inches canvas clear dpi_scale_trans draw_artist draw_without_rendering figbbox figimage figure ' +
      'frameon get_alpha get_constrained_layout get_constrained_layout_pads get_default_bbox_extra_artists ' +
      'get_dpi get_edgecolor get_facecolor get_figure get_frameon get_label ' +
      'get_layout_engine get_linewidth get_suptitle get_supxlabel get_supylabel get_tight_layout get_tightbbox ' +
      'get_window_extent ginput images legends lines number patches remove sca set set_alpha set_canvas ' +
      'set_clip_on set_constrained_layout_pads set_edgecolor ' +
      'set_frameon set_label set_linewidth set_path_effects set_visible set_zorder subfigs ' +
      'subfigures subplotpars suppressComposite texts transFigure transSubfigure waitforbuttonpress',
  ],
  [
    axesClass,
    'ArtistList add_child_axes add_container apply_aspect artists axison bbox callbacks can_pan can_zoom ' +
      'child_axes collections containers contains_point dataLim drag_pan draw_artist end_pan fmt_xdata ' +
      'fmt_ydata format_coord format_xdata format_ydata get_adjustable get_alpha get_anchor get_aspect ' +
      'get_autoscale_on get_autoscalex_on get_autoscaley_on get_axes_locator get_axisbelow get_box_aspect ' +
      'get_data_ratio get_default_bbox_extra_artists get_facecolor get_fc get_forward_navigation_events ' +
      'get_frame_on get_gridspec get_images get_label get_navigate get_navigate_mode get_rasterization_zorder ' +
      'get_shared_x_axes get_shared_y_axes get_subplotspec get_xaxis_text1_transform get_xaxis_text2_transform ' +
      'get_xgridlines get_xmajorticklabels get_xmargin get_xminorticklabels get_xticklines ' +
      'get_yaxis_text1_transform get_yaxis_text2_transform get_ygridlines ' +
      'get_ymajorticklabels get_ymargin get_yminorticklabels get_yticklines has_data ' +
      'ignore_existing_data_limits images in_axes indicate_inset_zoom legend_ lines name patches pcolor ' +
      'pcolorfast redraw_in_frame reset_position set_adjustable set_alpha set_anchor set_autoscale_on ' +
      'set_autoscalex_on set_autoscaley_on set_axes_locator set_clip_on set_fc set_forward_navigation_events ' +
      'set_label set_navigate set_navigate_mode set_path_effects set_rasterization_zorder ' +
      'set_subplotspec sharex sharey start_pan tables texts title titleOffsetTrans transLimits transScale ' +
      'update_datalim use_sticky_edges viewLim violin xaxis_date xaxis_inverted yaxis_date yaxis_inverted',
  ],
  [
    artistClass,
    'autoscale autoscale_None callbacks changed cmap colorbar colorizer drawStyleKeys drawStyles figure ' +
      'fillStyles filled_markers get_aa get_antialiased get_antialiaseds get_array get_bbox get_bbox_patch ' +
      'get_c get_capstyle get_clim get_cmap get_dash_capstyle get_dash_joinstyle get_dashes get_data ' +
      'get_datalim get_drawstyle get_ds get_ec get_edgecolor get_edgecolors get_facecolors get_family get_fc ' +
      'get_figure get_fill get_fillstyle get_font get_font_properties get_fontfamily get_fontname ' +
      'get_fontproperties get_fontsize get_fontstyle get_fontvariant get_fontweight get_gapcolor get_ha ' +
      'get_hatch get_hatch_linewidth get_horizontalalignment get_joinstyle get_linestyle get_linestyles ' +
      'get_linewidth get_linewidths get_ls get_lw get_marker get_markeredgecolor get_markeredgewidth ' +
      'get_markerfacecolor get_markerfacecoloralt get_markersize get_markevery get_math_fontfamily get_mec ' +
      'get_mew get_mfc get_mfcalt get_ms get_name get_offset_transform get_offsets get_parse_math get_path ' +
      'get_paths get_pickradius get_position get_rotation get_rotation_mode get_size get_sizes ' +
      'get_solid_capstyle get_solid_joinstyle get_stretch get_style get_tightbbox get_transOffset ' +
      'get_transform_rotates_text get_transforms get_unitless_position get_urls get_usetex get_va get_variant ' +
      'get_verticalalignment get_weight get_window_extent get_wrap get_xydata ind_offset is_dashed ' +
      'legend_elements lineStyles markers norm pickradius recache recache_always set set_aa set_antialiased ' +
      'set_antialiaseds set_array set_backgroundcolor set_c set_clim set_cmap set_dash_capstyle ' +
      'set_dash_joinstyle set_data set_drawstyle set_ds set_ec set_edgecolors set_facecolors set_family set_fc ' +
      'set_fillstyle set_font set_font_properties set_fontfamily set_fontname set_fontproperties ' +
      'set_fontstretch set_fontstyle set_fontvariant set_gapcolor set_ha set_hatch_linewidth ' +
      'set_horizontalalignment set_joinstyle set_linespacing set_linestyles set_linewidths set_ls set_ma ' +
      'set_markeredgecolor set_markeredgewidth set_markerfacecolor set_markerfacecoloralt set_markevery ' +
      'set_math_fontfamily set_mec set_mew set_mfc set_mfcalt set_ms set_multialignment set_name set_norm ' +
      'set_offset_transform set_offsets set_parse_math set_paths set_pickradius set_position set_rotation_mode ' +
      'set_size set_sizes set_solid_capstyle set_solid_joinstyle set_stretch set_style set_transOffset ' +
      'set_transform_rotates_text set_urls set_usetex set_va set_variant set_verticalalignment set_weight ' +
      'set_wrap set_x set_xdata set_y set_ydata to_rgba update_bbox_position_size update_scalarmappable',
  ],
  [
    barClass,
    'angle axes contains_point contains_points figure fill get_aa get_alpha get_angle get_antialiased ' +
      'get_bbox get_capstyle get_center get_corners get_data_transform get_ec get_edgecolor get_extents ' +
      'get_facecolor get_fc get_figure get_fill get_hatch get_hatch_linewidth get_joinstyle get_label ' +
      'get_linestyle get_linewidth get_ls get_lw get_patch_transform get_path get_tightbbox get_verts ' +
      'get_window_extent remove rotation_point set set_aa set_angle set_antialiased set_bounds set_capstyle ' +
      'set_clip_on set_ec set_fc set_fill set_hatch_linewidth set_height set_joinstyle set_label set_linestyle ' +
      'set_ls set_lw set_path_effects set_visible set_width set_x set_xy set_y set_zorder xy',
  ],
  [
    legendClass,
    'axes borderaxespad borderpad codes columnspacing draw_frame figure get_alignment get_alpha ' +
      'get_bbox_to_anchor get_default_handler_map get_draggable get_figure get_frame_on get_label ' +
      'get_legend_handler get_legend_handler_map get_patches get_tightbbox get_window_extent handleheight ' +
      'handlelength handletextpad isaxes labelspacing legendPatch legend_handles markerscale numpoints parent ' +
      'prop scatterpoints set set_alignment set_bbox_to_anchor set_clip_on set_default_handler_map ' +
      'set_draggable set_label set_loc set_ncols set_path_effects set_visible shadow texts ' +
      'update_default_handler_map',
  ],
  [
    axisClass,
    'OFFSETTEXTPAD axes axis_date axis_name callbacks clear convert_units converter figure get_alpha ' +
      'get_converter get_data_interval get_figure get_gridlines get_inverted get_label get_label_position ' +
      'get_label_text get_major_formatter get_major_locator get_majorticklabels get_majorticklines ' +
      'get_majorticklocs get_minor_formatter get_minor_locator get_minor_ticks get_minorticklabels ' +
      'get_minorticklines get_minorticklocs get_minpos get_offset_text get_pickradius ' +
      'get_remove_overlapping_locs get_scale get_tick_padding get_tick_params get_tick_space get_ticklines ' +
      'get_ticklocs get_ticks_direction get_ticks_position get_tightbbox get_units get_view_interval ' +
      'get_window_extent isDefault_label isDefault_majfmt isDefault_majloc isDefault_minfmt isDefault_minloc ' +
      'label label_position labelpad limit_range_for_scale major majorTicks minor minorTicks minorticks_off ' +
      'minorticks_on offsetText offset_text_position pickradius remove remove_overlapping_locs reset_ticks set ' +
      'set_alpha set_clip_on set_converter set_data_interval set_default_intervals set_label set_label_coords ' +
      'set_path_effects set_pickradius set_remove_overlapping_locs set_units set_view_interval set_zorder units ' +
      'update_units',
  ],
  [
    spineClass,
    'arc_spine axes axis circular_spine clear contains_point contains_points figure fill get_aa get_alpha ' +
      'get_antialiased get_bounds get_capstyle get_data_transform get_ec get_edgecolor get_extents ' +
      'get_facecolor get_fc get_figure get_fill get_hatch get_hatch_linewidth get_joinstyle get_label ' +
      'get_linestyle get_linewidth get_ls get_lw get_patch_transform get_path get_position get_spine_transform ' +
      'get_tightbbox get_verts get_window_extent linear_spine register_axis remove set set_aa set_alpha ' +
      'set_antialiased set_bounds set_capstyle set_clip_on set_ec set_facecolor set_fc set_fill set_hatch ' +
      'set_hatch_linewidth set_joinstyle set_label set_linestyle set_ls set_lw set_patch_arc set_patch_circle ' +
      'set_patch_line set_path_effects set_zorder spine_type',
  ],
];

/** Done once, after the classes have what they have. */
export function refuseTheRest(): void {
  for (const [cls, names] of OWN) refuseAttributes(cls, `${COMMON} ${names}`);
  refuseAttributes(spinesClass, 'clear from_dict get pop popitem setdefault update');
  refuseAttributes(
    containerClass,
    'add_callback count datavalues errorbar get_children get_label index orientation pchanged remove remove_callback set_label stale',
  );
}

/** Functions of `matplotlib.pyplot`. */
export const REFUSED_OF_PYPLOT: ReadonlySet<string> = new Set(
  (
    'Annotation Arrow Artist AutoLocator AxLine BackendFilter Button Colorizer ColorizingArtist Colormap ' +
    'FigureBase FigureCanvasBase FigureManagerBase FixedFormatter FixedLocator FormatStrFormatter Formatter ' +
    'FuncFormatter IndexLocator LinearLocator Locator LogFormatter LogFormatterExponent ' +
    'LogFormatterMathtext LogLocator MaxNLocator MouseButton MultipleLocator NullFormatter NullLocator ' +
    'PolarAxes ScalarFormatter Slider Subplot SubplotSpec Text TickHelper Widget acorr angle_spectrum ' +
    'autoscale autumn available_backends backend_registry barbs bone broken_barh cast clim cohere ' +
    'color_sequences colormaps connect cool copper csd cycler delaxes disconnect draw_all draw_if_interactive ' +
    'ecdf eventplot figaspect figimage figlegend fignum_exists findobj flag gci get get_backend ' +
    'get_current_fig_manager get_figlabels get_plot_commands get_scale_names getp ginput gray hot hsv imsave ' +
    'inferno install_repl_displayhook interactive isinteractive jet magma magnitude_spectrum matplotlib ' +
    'new_figure_manager nipy_spectral overload pcolor phase_spectrum pink plasma plot_date prism psd ' +
    'quiverkey rcParamsDefault rcParamsOrig rcsetup requested_backend rgrids sci set_cmap ' +
    'set_loglevel specgram spring spy stairs subplot_tool summer switch_backend ' +
    'thetagrids tricontour tricontourf tripcolor triplot uninstall_repl_displayhook viridis ' +
    'waitforbuttonpress winter xcorr'
  ).split(' '),
);
